import type { SettingSpec } from './spec.ts';

/** The model, and the processes that run it. */
export const modelSettings = {
	'model.preset': {
		type: 'string',
		default: 'fastest',
		env: 'JARVIS_MODEL_NAME',
		description:
			'Model that reads the notes: `fastest` (ships with the extension), `balanced`, `accurate`, `multilingual`, or the id of any ONNX sentence model (`owner/name`). A model that is not here is fetched after you agree: “Jarvis: Choose Model”, or `jarvis model fetch`.',
	},
	'model.pooling': {
		type: 'string',
		enum: ['mean', 'cls'],
		default: 'mean',
		description: 'How a model given by its id makes one vector of many. Presets know their own.',
	},
	'model.queryPrefix': {
		type: 'string',
		default: '',
		description: 'What a model given by its id wants before a question, such as `query: `.',
	},
	'model.passagePrefix': {
		type: 'string',
		default: '',
		description: 'What a model given by its id wants before a passage, such as `passage: `.',
	},
	'model.file': {
		type: 'string',
		default: 'onnx/model_quantized.onnx',
		description: 'Weights of a model given by its id: path in its repository.',
	},
	'model.revision': {
		type: 'string',
		default: 'main',
		description: 'Revision of a model given by its id: a commit, a tag or a branch.',
	},
	'model.maxTokens': {
		type: 'integer',
		default: 512,
		minimum: 16,
		maximum: 8192,
		description: 'Longest input of a model given by its id, in tokens; more is cut off.',
	},
	'model.directory': {
		type: 'string',
		default: '',
		description: 'Folder for fetched models. Empty: `models` in the cache folder of your user account.',
	},
	'model.endpoint': {
		type: 'string',
		default: '',
		env: 'HF_ENDPOINT',
		description:
			'Address that models are fetched from, a mirror of the Hugging Face hub. Empty: what the environment variable `HF_ENDPOINT` says, else the hub itself.',
	},
	'model.preload': {
		type: 'boolean',
		default: true,
		description: 'Load the model when the workspace opens, so that the first question is answered at once.',
	},
	'model.keepAliveMinutes': {
		type: 'number',
		default: 10,
		minimum: 0,
		maximum: 1440,
		description:
			'Minutes without a question or a new note after which the model is unloaded and its memory given back. The next question loads it again. 0 keeps it for good.',
	},
	'embedding.priority': {
		type: 'string',
		enum: ['low', 'normal'],
		default: 'low',
		description:
			'Priority of the process that computes vectors. `low` leaves the processor to everything else.',
	},
} as const satisfies Record<string, SettingSpec>;
