/** How long a state may take to come about; a busy machine needs it, a test that passes does not. In milliseconds. */
export const patience: { readonly timeout: number; readonly interval: number } = {
	timeout: 40_000,
	interval: 20,
};
