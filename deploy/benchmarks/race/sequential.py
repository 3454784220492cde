"""Trains networks of race/fused-mlp.yaml or fused-cnn.yaml with PyTorch, one after the other.

Arguments: mlp or cnn, device, digits.csv, trials, seed. Data stays on the device, rows are gathered
there and losses read once an epoch; a trial before the first is not in the time. Prints a line
"version seconds best-mean-accuracy".
"""

import os
import sys
import time

kind, device, source, trials, seed = sys.argv[1], sys.argv[2], sys.argv[3], *map(int, sys.argv[4:6])
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
from sklearn.model_selection import StratifiedKFold
from torch import nn

EPOCHS, BATCH = 15, 64
if device == "cpu":
    torch.set_num_threads(1)
table = np.loadtxt(source, delimiter=",", skiprows=1, dtype=np.float32)
X, y = table[:, :-1], table[:, -1].astype(np.int64)
folds = []
for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y):
    axis = (0, 1) if kind == "cnn" else 0
    mean, deviation = X[train].mean(axis), X[train].std(axis)
    deviation = np.where(deviation == 0, 1, deviation)
    part = lambda rows: (torch.from_numpy((X[rows] - mean) / deviation).float().to(device),
                         torch.from_numpy(y[rows]).to(device))
    folds.append((part(train), part(test)))


def network(dropout):
    if kind == "mlp":
        return nn.Sequential(
            nn.Linear(64, 128), nn.ReLU(), nn.Dropout(dropout), nn.Linear(128, 10))
    return nn.Sequential(
        nn.Unflatten(1, (1, 8, 8)), nn.Conv2d(1, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(256, 64), nn.ReLU(), nn.Dropout(dropout), nn.Linear(64, 10))


def mean_accuracy(rate, dropout):
    scores = []
    for (inputs, targets), (held_out, truth) in folds:
        torch.manual_seed(seed)
        model = network(dropout).to(device)
        adam = torch.optim.Adam(model.parameters(), lr=rate)
        loss = nn.CrossEntropyLoss()
        for _ in range(EPOCHS):
            order = torch.randperm(len(inputs), device=device)
            sum_of_losses = torch.zeros((), device=device)
            for rows in order.split(BATCH):
                adam.zero_grad()
                each = loss(model(inputs[rows]), targets[rows])
                each.backward()
                adam.step()
                sum_of_losses += each.detach()
            sum_of_losses.item()
        model.eval()
        with torch.no_grad():
            scores.append((model(held_out).argmax(1) == truth).float().mean().item())
    return float(np.mean(scores))


random = np.random.default_rng(seed)
todo = [(float(np.exp(random.uniform(np.log(1e-4), np.log(1e-1)))), float(random.uniform(0, 0.5)))
        for _ in range(trials)]
mean_accuracy(*todo[0])
begin = time.perf_counter()
best = max(mean_accuracy(*each) for each in todo)
print(torch.__version__, "%.3f" % (time.perf_counter() - begin), "%.4f" % best)
