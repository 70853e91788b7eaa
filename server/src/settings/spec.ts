/** What is known of one setting. */
export interface SettingSpec {
	/** `autoInteger` is a whole number, as text too, or the word `auto`. */
	readonly type: 'boolean' | 'string' | 'number' | 'integer' | 'autoInteger' | 'array';
	readonly default: unknown;
	readonly description: string;
	readonly enum?: readonly string[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly items?: { readonly type: 'string' };
	/** The reference guide's name for it. */
	readonly env?: string;
}

/** What a setting of this kind holds. */
export type SettingType<Spec extends SettingSpec> = Spec extends { enum: readonly (infer Choice)[] }
	? Choice
	: {
			boolean: boolean;
			string: string;
			number: number;
			integer: number;
			autoInteger: number | 'auto';
			array: readonly string[];
		}[Spec['type']];
