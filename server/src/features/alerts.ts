import type { Connection } from 'vscode-languageserver';
import { AlertChanged } from '../protocol/performance.ts';
import type { Engine } from '../services/engine.ts';

/** Tells the editor when a threshold of performance is crossed, and when it is no longer. */
export function reportAlerts(connection: Connection, engine: Pick<Engine, 'onAlert'>): void {
	engine.onAlert((alert) => void connection.sendNotification(AlertChanged, alert));
}
