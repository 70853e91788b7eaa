import { commands, type ExtensionContext, type LogOutputChannel, type Uri, window, workspace } from 'vscode';
import type { SearchParams, SearchResult } from '../../server/src/protocol/search.ts';
import type { StatusResult } from '../../server/src/protocol/status.ts';
import { backupIndex } from './commands/backupIndex.ts';
import { captureCpuProfile } from './commands/captureCpuProfile.ts';
import { captureHeapSnapshot } from './commands/captureHeapSnapshot.ts';
import { chooseModel } from './commands/chooseModel.ts';
import { clearCaches } from './commands/clearCaches.ts';
import { deleteAllData } from './commands/deleteAllData.ts';
import { deleteIndex } from './commands/deleteIndex.ts';
import { explainSearch } from './commands/explainSearch.ts';
import { filterIndex } from './commands/filterIndex.ts';
import { freeMemory } from './commands/freeMemory.ts';
import { measureQuality } from './commands/measureQuality.ts';
import { memoryReport } from './commands/memoryReport.ts';
import { withFolder } from './commands/offerFolder.ts';
import { openBridge } from './commands/openBridge.ts';
import { openNote } from './commands/openNote.ts';
import { openToSide } from './commands/openToSide.ts';
import { optimizeIndex } from './commands/optimizeIndex.ts';
import { rebuildIndex } from './commands/rebuildIndex.ts';
import { recordTrace } from './commands/recordTrace.ts';
import { replaceLink } from './commands/replaceLink.ts';
import { rescan } from './commands/rescan.ts';
import { restoreIndex } from './commands/restoreIndex.ts';
import { runBenchmark, runLoadTest } from './commands/runBenchmark.ts';
import { runDoctor } from './commands/runDoctor.ts';
import { type LastQuery, search } from './commands/search.ts';
import { searchSelection } from './commands/searchSelection.ts';
import { setNeo4jPassword } from './commands/setNeo4jPassword.ts';
import { showIndexLocation } from './commands/showIndexLocation.ts';
import { showMenu } from './commands/showMenu.ts';
import { showRelated } from './commands/showRelated.ts';
import { told } from './commands/told.ts';
import { tuneMachine, undoTuned } from './commands/tuneMachine.ts';
import { whyNotFound } from './commands/whyNotFound.ts';
import { displayLanguage } from './displayLanguage.ts';
import { NOTES_GLOB, watchForNotes } from './notes.ts';
import { rescanOnFocus } from './rescanOnFocus.ts';
import { RestrictedMode } from './restrictedMode.ts';
import { Session } from './session.ts';
import { tellAlerts } from './views/alertNotices.ts';
import { keepContextKeys } from './views/contextKeys.ts';
import { IndexView } from './views/indexView.ts';
import { InsightsView } from './views/insights/insightsView.ts';
import type { LedgerGroup } from './views/ledgerRows.ts';
import { NoteDecorations } from './views/noteDecorations.ts';
import { ReadOnlyPages } from './views/readOnlyPages.ts';
import { RelatedView } from './views/relatedView.ts';
import { showStatusBar } from './views/statusBar.ts';
import { teamConsent } from './views/teamDialogs.ts';
import { TeamPages } from './views/teamPages.ts';
import { Dashboard } from './webviews/dashboard/dashboard.ts';
import { GraphView } from './webviews/graph/graphView.ts';

/** What `activate` returns: for our own tests, not a promise to other extensions. */
export interface JarvisApi {
	status(): Promise<StatusResult>;
	search(params: SearchParams): Promise<SearchResult>;
	serverPid(): number | undefined;
}

let session: Session | undefined;

export function activate(context: ExtensionContext): JarvisApi {
	const log = window.createOutputChannel('Jarvis', { log: true });
	const watcher = workspace.createFileSystemWatcher(NOTES_GLOB);
	// Which notes are left out changes with these.
	const rules = workspace.createFileSystemWatcher('**/.gitignore');
	const started = new Session(context, log, [watcher, rules]);
	session = started;
	const restricted = new RestrictedMode();
	const pages = new ReadOnlyPages();
	const indexView = new IndexView(started, restricted);
	const team = teamConsent(context, started);
	void team.consider();
	const declared = declaredCommands(context);
	const { extensionUri } = context;
	const dashboard = new Dashboard({ session: started, log, extensionUri, declared });
	const graph = new GraphView({ session: started, log, extensionUri });

	context.subscriptions.push(
		log,
		watcher,
		rules,
		restricted,
		pages,
		keepContextKeys(started),
		showStatusBar(started, restricted),
		new TeamPages(started),
		new RelatedView(started),
		new InsightsView(started),
		indexView,
		dashboard,
		graph,
		tellAlerts(started, log),
		new NoteDecorations(started),
		rescanOnFocus(started),
		...registerCommands(log, started, indexView, declared),
		...registerQuestions(log, started, pages),
		...registerCaptures(log, started, pages, context.logUri),
		registerTold(log)(
			'jarvis.tuneMachine',
			withFolder(() => tuneMachine(started, pages, context.globalState)),
		),
		registerTold(log)('jarvis.undoTuning', () => undoTuned(context.globalState)),
		commands.registerCommand('jarvis.showDashboard', () => dashboard.show()),
		commands.registerCommand('jarvis.showGraph', (given?: unknown) => graph.show(given)),
		workspace.onDidChangeConfiguration((change) => {
			const sections = ['jarvis', 'files.exclude', 'search.exclude'];
			if (sections.some((section) => change.affectsConfiguration(section))) started.sendSettings();
			if (change.affectsConfiguration('jarvis')) void team.consider();
		}),
		workspace.onDidGrantWorkspaceTrust(() => {
			started.sendSettings();
			void team.consider();
		}),
		watchForNotes(watcher, () => started.start()),
	);
	return {
		status: () => started.status(),
		search: (params) => started.search(params),
		serverPid: () => started.serverPid,
	};
}

export function deactivate(): Promise<void> | undefined {
	return session?.dispose();
}

/** What looks into the processes; files go to `folder` unless the user says otherwise. */
function registerCaptures(log: LogOutputChannel, session: Session, pages: ReadOnlyPages, folder: Uri) {
	const register = registerTold(log);
	return [
		register('jarvis.captureCpuProfile', () => captureCpuProfile(session, folder)),
		register('jarvis.captureHeapSnapshot', () => captureHeapSnapshot(session, folder)),
		register('jarvis.recordTrace', () => recordTrace(session, folder)),
		register('jarvis.memoryReport', () => memoryReport(session, pages)),
	];
}

/** What is asked of the notes, and measured by questions about them. */
function registerQuestions(log: LogOutputChannel, session: Session, pages: ReadOnlyPages) {
	const last: LastQuery = { text: '' };
	const table: Readonly<Record<string, (...args: never[]) => unknown>> = {
		'jarvis.search': (query?: string) => search(session, last, query),
		'jarvis.whyNotFound': (given?: { query?: string; uri?: Uri }) => whyNotFound(session, last, given),
		'jarvis.explainSearch': (query?: string) => explainSearch(session, pages, last, query),
		'jarvis.measureQuality': () => measureQuality(session, pages),
		'jarvis.runBenchmark': () => runBenchmark(session, pages),
		'jarvis.runLoadTest': () => runLoadTest(session, pages),
	};
	const register = registerTold(log);
	return [
		...Object.entries(table).map(([name, run]) => register(name, withFolder(run))),
		register('jarvis.doctor', () => runDoctor(session, pages)),
	];
}

function registerCommands(
	log: LogOutputChannel,
	session: Session,
	indexView: IndexView,
	declared: ReadonlyMap<string, string>,
) {
	const ofFolders: Readonly<Record<string, (...args: never[]) => unknown>> = {
		'jarvis.rebuildIndex': () => rebuildIndex(session),
		'jarvis.rescan': () => rescan(session),
		'jarvis.deleteIndex': () => deleteIndex(session),
		'jarvis.optimizeIndex': () => optimizeIndex(session, displayLanguage.locale),
		'jarvis.backupIndex': (given?: Uri) => backupIndex(session, displayLanguage.locale, given),
		'jarvis.restoreIndex': (given?: Uri) => restoreIndex(session, displayLanguage.locale, given),
		'jarvis.showIndexLocation': () => showIndexLocation(session),
	};
	const others: Readonly<Record<string, (...args: never[]) => unknown>> = {
		'jarvis.searchSelection': searchSelection,
		'jarvis.showRelated': showRelated,
		'jarvis.filterIndex': () => filterIndex(indexView),
		'jarvis.showMoreFiles': (group: LedgerGroup) => indexView.showMore(group),
		'jarvis.pauseIndexing': () => session.control('pause'),
		'jarvis.resumeIndexing': () => session.control('resume'),
		'jarvis.chooseModel': () => chooseModel(session),
		'jarvis.setNeo4jPassword': () => setNeo4jPassword(session, session.neo4jSecrets),
		'jarvis.freeMemory': () => freeMemory(session, displayLanguage.locale),
		'jarvis.clearCaches': () => clearCaches(session, displayLanguage.locale),
		'jarvis.deleteAllData': () => deleteAllData(session, displayLanguage.locale),
		'jarvis.restartServer': () => session.restart(),
		'jarvis.showLog': () => log.show(),
		'jarvis.showMenu': () => showMenu(session, declared),
		'jarvis.openSettings': () =>
			commands.executeCommand('workbench.action.openSettings', '@ext:jarvis-notes.jarvis-notes'),
		'jarvis.openNote': openNote,
		'jarvis.openToSide': openToSide,
		'jarvis.openBridge': openBridge,
		'jarvis.replaceLink': replaceLink,
	};
	const register = registerTold(log);
	return [
		...Object.entries(ofFolders).map(([name, run]) => register(name, withFolder(run))),
		...Object.entries(others).map(([name, run]) => register(name, run)),
	];
}

function registerTold(log: LogOutputChannel) {
	return (name: string, run: (...args: never[]) => unknown) => commands.registerCommand(name, told(log, run));
}

function declaredCommands(context: ExtensionContext): ReadonlyMap<string, string> {
	const { contributes } = context.extension.packageJSON as {
		readonly contributes: {
			readonly commands: readonly { readonly command: string; readonly title: string }[];
		};
	};
	return new Map(contributes.commands.map(({ command, title }) => [command, title]));
}
