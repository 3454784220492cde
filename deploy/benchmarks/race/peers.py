"""Tunes race/job.yaml with a peer. Arguments: peer, digits.csv, trials, processes, seed.

Prints a line "peer version best-mean-accuracy". Peers: sklearn (RandomizedSearchCV; its MLPClassifier
has no dropout), joblib, optuna and ray, which train the same network with PyTorch.
"""

import os
import sys

peer, source, trials, processes, seed = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
os.environ.update(RAY_AIR_NEW_OUTPUT="0", RAY_USAGE_STATS_ENABLED="0", RAY_DEDUP_LOGS="0")

import numpy as np
from sklearn.model_selection import StratifiedKFold

EPOCHS = 15
table = np.loadtxt(source, delimiter=",", skiprows=1, dtype=np.float32)
X, y = table[:, :-1], table[:, -1].astype(np.int64)
folds = list(StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y))


def settings(random):
    return {
        "learning_rate": float(np.exp(random.uniform(np.log(1e-4), np.log(1e-1)))),
        "batch_size": int(random.choice([32, 64, 128])),
        "hidden": int(round(np.exp(random.uniform(np.log(32), np.log(256))))),
        "dropout": float(random.uniform(0, 0.5)),
    }


def mean_accuracy(setting):
    """Trains the five folds with PyTorch, one after the other."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    scores = []
    for train, test in folds:
        torch.manual_seed(seed)
        mean, deviation = X[train].mean(0), X[train].std(0)
        deviation[deviation == 0] = 1
        inputs = torch.from_numpy((X[train] - mean) / deviation)
        targets = torch.from_numpy(y[train])
        model = nn.Sequential(
            nn.Linear(64, setting["hidden"]), nn.ReLU(), nn.Dropout(setting["dropout"]),
            nn.Linear(setting["hidden"], 10))
        adam = torch.optim.Adam(model.parameters(), lr=setting["learning_rate"])
        loss = nn.CrossEntropyLoss()
        size = setting["batch_size"]
        for _ in range(EPOCHS):
            order = torch.randperm(len(train))
            for start in range(0, len(train), size):
                rows = order[start:start + size]
                adam.zero_grad()
                loss(model(inputs[rows]), targets[rows]).backward()
                adam.step()
        model.eval()
        with torch.no_grad():
            held_out = model(torch.from_numpy((X[test] - mean) / deviation)).argmax(1).numpy()
        scores.append(float((held_out == y[test]).mean()))
    return float(np.mean(scores))


def with_sklearn():
    import sklearn
    from scipy.stats import loguniform
    from sklearn.model_selection import RandomizedSearchCV
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    import warnings

    warnings.filterwarnings("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"
    search = RandomizedSearchCV(
        make_pipeline(StandardScaler(), MLPClassifier(max_iter=EPOCHS, n_iter_no_change=EPOCHS)),
        {"mlpclassifier__learning_rate_init": loguniform(1e-4, 1e-1),
         "mlpclassifier__batch_size": [32, 64, 128],
         "mlpclassifier__hidden_layer_sizes": [(units,) for units in range(32, 257)]},
        n_iter=trials, cv=folds, n_jobs=processes, random_state=seed, refit=True)
    search.fit(X, y)
    return sklearn.__version__, search.best_score_


def with_joblib():
    import torch
    from joblib import Parallel, delayed

    random = np.random.default_rng(seed)
    todo = [settings(random) for _ in range(trials)]
    return torch.__version__, max(
        Parallel(n_jobs=processes)(delayed(mean_accuracy)(each) for each in todo))


def with_optuna():
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(
        direction="maximize", sampler=optuna.samplers.RandomSampler(seed=seed))
    study.optimize(
        lambda trial: mean_accuracy({
            "learning_rate": trial.suggest_float("learning_rate", 1e-4, 1e-1, log=True),
            "batch_size": trial.suggest_categorical("batch_size", [32, 64, 128]),
            "hidden": trial.suggest_int("hidden", 32, 256, log=True),
            "dropout": trial.suggest_float("dropout", 0, 0.5)}),
        n_trials=trials, n_jobs=processes)
    return optuna.__version__, study.best_value


def with_ray():
    import ray
    from ray import tune

    ray.init(num_cpus=processes, include_dashboard=False, log_to_driver=False, logging_level="error")
    results = tune.Tuner(
        lambda setting: {"accuracy": mean_accuracy(setting)},
        param_space={
            "learning_rate": tune.loguniform(1e-4, 1e-1),
            "batch_size": tune.choice([32, 64, 128]),
            "hidden": tune.lograndint(32, 257),
            "dropout": tune.uniform(0, 0.5)},
        tune_config=tune.TuneConfig(
            num_samples=trials, metric="accuracy", mode="max", max_concurrent_trials=processes,
            reuse_actors=True),
        run_config=tune.RunConfig(verbose=0),
    ).fit()
    return ray.__version__, results.get_best_result().metrics["accuracy"]


version, best = {"sklearn": with_sklearn, "joblib": with_joblib, "optuna": with_optuna,
                 "ray": with_ray}[peer]()
print(peer, version, "%.4f" % best)
