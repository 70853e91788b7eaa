/** Front door: language server. Started by the editor over IPC, or over stdio with `--stdio`. */
import {
	createConnection,
	DidChangeConfigurationNotification,
	type InitializeParams,
	type InitializeResult,
	ProposedFeatures,
	TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { composeEngine } from './compose.ts';
import { reportAlerts } from './features/alerts.ts';
import { answerDoctor } from './features/doctor.ts';
import { followDocuments } from './features/documents.ts';
import { answerExplainSearch } from './features/explainSearch.ts';
import { followFiles } from './features/files.ts';
import { followFolders } from './features/folders.ts';
import { answerHovers } from './features/hover.ts';
import { connectionLogger } from './features/log.ts';
import { answerMaintenance } from './features/maintenance.ts';
import { askNeo4jPassword } from './features/neo4jPassword.ts';
import { answerProfiling } from './features/profiling.ts';
import { answerRequests } from './features/requests.ts';
import { reportStatus } from './features/statusReport.ts';
import { answerTeam } from './features/team.ts';
import type { StartOptions } from './protocol/control.ts';

/** An answer while typing is worth more now from keywords than later from both. */
const patienceMs = 500;

const connection = createConnection(ProposedFeatures.all);
let logger = connectionLogger(connection);
let start: StartOptions = { settings: {}, exclude: [] };

process.on('uncaughtException', (error) => {
	logger.error('The server stops on a bug', error);
	process.exit(1);
});

connection.onInitialize(async (params: InitializeParams): Promise<InitializeResult> => {
	start = { ...start, ...(params.initializationOptions as Partial<StartOptions> | undefined) };
	const composed = await composeEngine({
		distDirectory: __dirname,
		start: () => start,
		logger,
		patienceMs,
		isBackground: true,
		neo4jPassword: (uri, user) => askNeo4jPassword(connection, uri, user),
		keepsLog: true,
	});
	const { engine } = composed;
	logger = composed.logger;
	logger.info('The search server has started.');
	const documents = followDocuments(connection, engine);
	answerRequests(connection, engine);
	answerDoctor(connection, engine, composed.doctor);
	answerProfiling(connection, engine);
	answerExplainSearch(connection, engine);
	answerMaintenance(connection, engine);
	answerTeam(connection, engine);
	answerHovers(connection, engine, documents);
	followFiles(connection, engine);
	reportStatus(connection, engine);
	reportAlerts(connection, engine);
	connection.onInitialized(() =>
		followFolders(connection, engine, documents, params.workspaceFolders ?? [], logger),
	);
	connection.onNotification(DidChangeConfigurationNotification.type, ({ settings }) => {
		start = { ...start, ...(settings as Partial<StartOptions>) };
		engine.settingsChanged();
	});
	connection.onShutdown(() => engine.dispose());
	return {
		capabilities: {
			textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
			hoverProvider: true,
			workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
		},
	};
});

connection.listen();
