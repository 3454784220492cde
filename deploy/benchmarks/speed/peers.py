"""Prints a line "peer version name millis" for the quickest round of each network's steps."""

import sys
import time


def rounds(steps, count, step):
    best = float("inf")
    for _ in range(count):
        began = time.perf_counter()
        for _ in range(steps):
            step()
        best = min(best, (time.perf_counter() - began) * 1000 / steps)
    return best


def pytorch(count):
    import torch
    from torch import nn

    torch.set_num_threads(1)

    class Lstm(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm = nn.LSTM(16, 64, batch_first=True)
            self.output = nn.Linear(64, 10)

        def forward(self, x):
            return self.output(self.lstm(x)[0][:, -1])

    def mlp(*sizes):
        layers = []
        for before, size in zip(sizes, sizes[1:]):
            layers += [nn.Linear(before, size), nn.ReLU()]
        return nn.Sequential(*layers[:-1])

    lenet = nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10))
    networks = [
        ("mlp-64-128-10-b32", mlp(64, 128, 10), (32, 64), 100),
        ("mlp-64-128-10-b256", mlp(64, 128, 10), (256, 64), 50),
        ("mlp-784-512-256-10-b128", mlp(784, 512, 256, 10), (128, 784), 10),
        ("lenet-28x28-b64", lenet, (64, 1, 28, 28), 4),
        ("lstm-32x16-64-b32", Lstm(), (32, 32, 16), 10),
    ]
    loss = nn.CrossEntropyLoss()
    for name, network, shape, steps in networks:
        adam = torch.optim.Adam(network.parameters(), lr=0.001)
        x, y = torch.rand(*shape), torch.randint(0, 10, (shape[0],))

        def step():
            adam.zero_grad()
            loss(network(x), y).backward()
            adam.step()

        print("PyTorch", torch.__version__, name, "%.4f" % rounds(steps, count, step))


def keras(count):
    import keras
    from keras import layers

    def mlp(*sizes):
        dense = [layers.Dense(size, "relu") for size in sizes[1:-1]]
        return keras.Sequential([layers.Input((sizes[0],)), *dense, layers.Dense(sizes[-1])])

    lenet = keras.Sequential([
        layers.Input((28, 28, 1)), layers.Conv2D(20, 5, activation="relu"), layers.MaxPool2D(),
        layers.Conv2D(50, 5, activation="relu"), layers.MaxPool2D(), layers.Flatten(),
        layers.Dense(500, "relu"), layers.Dense(10)])
    lstm = keras.Sequential([layers.Input((32, 16)), layers.LSTM(64), layers.Dense(10)])
    networks = [
        ("mlp-64-128-10-b32", mlp(64, 128, 10), (32, 64), 100),
        ("mlp-64-128-10-b256", mlp(64, 128, 10), (256, 64), 50),
        ("mlp-784-512-256-10-b128", mlp(784, 512, 256, 10), (128, 784), 10),
        ("lenet-28x28-b64", lenet, (64, 28, 28, 1), 4),
        ("lstm-32x16-64-b32", lstm, (32, 32, 16), 10),
    ]
    for name, network, shape, steps in networks:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(optimizer=keras.optimizers.Adam(0.001), loss=loss)
        x = keras.random.uniform(shape)
        y = keras.random.randint((shape[0],), 0, 10)
        step = lambda: network.train_on_batch(x, y)
        print("Keras", keras.__version__, name, "%.4f" % rounds(steps, count, step))


{"torch": pytorch, "keras": keras}[sys.argv[1]](int(sys.argv[2]))
