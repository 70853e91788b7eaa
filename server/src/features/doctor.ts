import type { Connection } from 'vscode-languageserver';
import { Doctor } from '../protocol/doctor.ts';
import { type DoctorParts, examine } from '../services/doctor/doctor.ts';
import type { SharedEngine } from '../services/doors/sharedEngine.ts';
import { answer } from './requests.ts';

/** Looks at the machine that this process runs on, which is also that of whoever leads: it is not asked for elsewhere. */
export function answerDoctor(connection: Connection, engine: SharedEngine, doctor: DoctorParts): void {
	connection.onRequest(Doctor, (params, token) =>
		answer(token, async () => {
			const { folders } = await engine.status();
			const examined = folders.map(({ name, indexFile, index, problems }) => ({
				...{ name, indexFile },
				problem: index.state === 'off' ? problems.join(' ') || undefined : undefined,
			}));
			return examine(doctor, examined, params);
		}),
	);
}
