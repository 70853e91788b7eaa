import type { Commands, DoctorResult, Finding, Severity } from '../../../server/src/protocol/doctor.ts';
import type { Language } from '../language.ts';

/** What the doctor found, as a markdown page: what should be changed, with commands for the user to run. */
export function doctorPage({ platform, findings }: DoctorResult, { t }: Language): string {
	const lines = [
		`# ${t('Doctor')}`,
		'',
		t('What was looked at, the worst first. Nothing was changed: commands are yours to run.'),
	];
	const headings: Readonly<Record<Severity, string>> = {
		warning: t('Should be changed'),
		info: t('Could be better, or can’t be told'),
		ok: t('Right as it is'),
	};
	for (const severity of ['warning', 'info', 'ok'] as const) {
		const found = findings.filter((finding) => finding.severity === severity);
		if (found.length === 0) continue;
		lines.push('', `## ${headings[severity]}`);
		for (const finding of found) lines.push(...section(finding, platform));
	}
	return `${lines.join('\n')}\n`;
}

function section({ what, why, commands }: Finding, platform: string): readonly string[] {
	const command = commandFor(platform, commands);
	return ['', `### ${what}`, '', why, ...(command === undefined ? [] : ['', '```', command, '```'])];
}

/** Of the machine that was looked at. */
function commandFor(platform: string, { linux, macos, windows }: Commands = {}): string | undefined {
	if (platform === 'darwin') return macos;
	return platform === 'win32' ? windows : linux;
}
