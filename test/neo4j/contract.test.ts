import { Neo4jGraph } from '../../server/src/adapters/neo4j/neo4jGraph.ts';
import { linkGraphContract } from '../contract/linkGraph.ts';
import { neo4jOptions } from '../support/neo4jGraphs.ts';

// Few histories: each asks a server some hundred questions.
linkGraphContract(
	'Neo4jGraph',
	async () => {
		const graph = new Neo4jGraph(neo4jOptions());
		await graph.open(new AbortController().signal);
		return graph;
	},
	{ runs: 3 },
);
