/** What PowerShell tells the doctor, as one JSON document each; `undefined` where it tells nothing. */
import type { SwapFacts } from '../../ports/doctor.ts';

export const memoryScript = [
	'$os = Get-CimInstance Win32_OperatingSystem',
	'$page = Get-CimInstance Win32_PageFileUsage | Measure-Object AllocatedBaseSize, CurrentUsage -Sum',
	'@{ freeKb = $os.FreePhysicalMemory; pageMb = $page[0].Sum; pageUsedMb = $page[1].Sum } | ConvertTo-Json -Compress',
].join('; ');

/** `letter` is of a drive, without its colon. */
export function driveScript(letter: string): string {
	return [
		`$drive = Get-CimInstance Win32_LogicalDisk -Filter "DeviceID='${letter}:'"`,
		`$disk = try { Get-Partition -DriveLetter ${letter} -ErrorAction Stop | Get-Disk | Get-PhysicalDisk -ErrorAction Stop } catch { $null }`,
		'@{ type = $drive.DriveType; fileSystem = $drive.FileSystem; media = [string]$disk.MediaType } | ConvertTo-Json -Compress',
	].join('; ');
}

export function memoryInPowershell(text: string): {
	readonly availableBytes: number | undefined;
	readonly swap: SwapFacts | undefined;
} {
	const { freeKb, pageMb, pageUsedMb } = documentIn(text);
	const isTold = typeof pageMb === 'number' && typeof pageUsedMb === 'number';
	return {
		availableBytes: typeof freeKb === 'number' ? freeKb * 1024 : undefined,
		swap: isTold ? { totalBytes: pageMb * 1_048_576, usedBytes: pageUsedMb * 1_048_576 } : undefined,
	};
}

export function driveInPowershell(text: string): {
	readonly fileSystem: string | undefined;
	readonly isNetwork: boolean | undefined;
	readonly disk: 'ssd' | 'hdd' | undefined;
} {
	const { type, fileSystem, media } = documentIn(text);
	return {
		fileSystem: typeof fileSystem === 'string' ? fileSystem : undefined,
		// 4: a drive of another machine.
		isNetwork: typeof type === 'number' ? type === 4 : undefined,
		disk: media === 'SSD' || media === '4' ? 'ssd' : media === 'HDD' || media === '3' ? 'hdd' : undefined,
	};
}

function documentIn(text: string): Readonly<Record<string, unknown>> {
	try {
		const found: unknown = JSON.parse(text);
		return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}
