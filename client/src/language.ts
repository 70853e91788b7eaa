/** The display language: `vscode.l10n` and `vscode.env.language`, handed in so that wording stays testable. */
export interface Language {
	/** Translates; `{0}` stands for the first argument. */
	t(message: string, ...args: (string | number | boolean)[]): string;
	/** BCP 47, for numbers. */
	readonly locale: string;
}
