import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { devCache } from './devCache.ts';
import { findProgram } from './findProgram.ts';
import { runCommand } from './runCommand.ts';
import { SetupError } from './setupError.ts';

/** Exact: over a range Maven reads the description of every release in it, for minutes. */
const version = '5.26.30';

/** A Neo4j Community server as jars: a program of its own (GPL-3.0) that tests talk to, and nothing of it is shipped. */
export interface InstalledNeo4j {
	readonly java: string;
	/** As `java -cp` takes it. */
	readonly classPath: string;
}

/** Fetches Neo4j from Maven unless it stands already; `say` is told before the minute that takes. */
export async function installNeo4j(say: (line: string) => void): Promise<InstalledNeo4j> {
	const directory = join(devCache, `neo4j-${version}`);
	const java = findJava();
	if (!existsSync(directory)) {
		say(`Fetching Neo4j ${version} from Maven into ${directory} (120 MB); it takes a minute, once.`);
		await fetchJars(directory);
	}
	return { java, classPath: join(directory, '*') };
}

async function fetchJars(directory: string): Promise<void> {
	const maven = findProgram('mvn');
	if (maven === undefined) throw new SetupError(`Maven was not found. ${howToGetThem}`);
	mkdirSync(dirname(directory), { recursive: true });
	const temp = mkdtempSync(`${directory}-`);
	const jars = join(temp, 'jars');
	try {
		writeFileSync(join(temp, 'pom.xml'), projectFile(jars));
		const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
		const { code, output } = await runCommand(maven, ['-B', '-ntp', '-q', '-f', join(temp, 'pom.xml'), goal]);
		if (code !== 0) throw new SetupError(`Neo4j can't be fetched from Maven:\n${output.slice(-2000)}`);
		// Where another process was faster, its jars are the same.
		if (!existsSync(directory)) renameSync(jars, directory);
	} finally {
		rmSync(temp, { recursive: true, force: true });
	}
}

function findJava(): string {
	const { JAVA_HOME } = process.env;
	const java = JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : findProgram('java');
	if (java === undefined) throw new SetupError(`Java was not found. ${howToGetThem}`);
	return java;
}

const howToGetThem =
	'The tests against a real Neo4j need Java 17 or 21 and Maven (Debian: apt-get install openjdk-17-jre-headless maven).';

function projectFile(jars: string): string {
	return `<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>jarvis.tests</groupId>
	<artifactId>neo4j-server</artifactId>
	<version>1</version>
	<packaging>pom</packaging>
	<properties>
		<includeScope>runtime</includeScope>
		<outputDirectory>${jars}</outputDirectory>
	</properties>
	<dependencies>
		<dependency>
			<groupId>org.neo4j</groupId>
			<artifactId>neo4j</artifactId>
			<version>${version}</version>
		</dependency>
	</dependencies>
</project>
`;
}
