"""What the peers share: a task from a JSON file, one slice of work for each line on stdin, one JSON line for each slice."""

import json
import resource
import sys
import time

import torch


def task():
    """The task that this process was started for; its threads are set."""
    with open(sys.argv[1], encoding="utf-8") as file:
        read = json.load(file)
    torch.set_num_threads(read["threads"])
    torch.manual_seed(0)
    return read


def gemm_gflops():
    """Rate of a 2048 x 2048 x 2048 product in float32, the best of five, as our own probe measures it."""
    factor = torch.full((2048, 2048), 0.5)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        factor @ factor
        best = min(best, time.perf_counter() - start)
    return 2 * 2048**3 / best / 1e9


def serve(slice_of_work):
    """Says that all is loaded, then runs a slice whenever it is asked for one. `slice_of_work` returns a dict of figures."""
    print(json.dumps({"torch": torch.__version__, "gemm_gflops": gemm_gflops()}), flush=True)
    for _ in sys.stdin:
        figures = slice_of_work()
        figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(json.dumps(figures), flush=True)


def freeze_embeddings(model):
    """As our own full fine-tuning does."""
    for parameter in model.embeddings.parameters():
        parameter.requires_grad = False
