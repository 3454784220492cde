"""Runs the same study with Ray Tune. Arguments: trials, parallel, folder, and milliseconds to sleep."""

import os
import sys
import time

os.environ.update(RAY_AIR_NEW_OUTPUT="0", RAY_USAGE_STATS_ENABLED="0", RAY_DEDUP_LOGS="0")
trials, parallel, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
seconds = int(sys.argv[4]) / 1000 if len(sys.argv) > 4 else 0

import ray
from ray import tune


class Clock(tune.Callback):
    first = last = None

    def on_trial_start(self, iteration, trials, trial, **info):
        self.first = self.first or time.monotonic()

    def on_trial_complete(self, iteration, trials, trial, **info):
        self.last = time.monotonic()


def at_once(config):
    time.sleep(seconds)
    return {"loss": config["x"] ** 2}


ray.init(num_cpus=parallel, include_dashboard=False, log_to_driver=False, logging_level="error")
clock = Clock()
results = tune.Tuner(
    at_once,
    param_space={"x": tune.uniform(-1.0, 1.0)},
    tune_config=tune.TuneConfig(
        num_samples=trials, metric="loss", mode="min", max_concurrent_trials=parallel
    ),
    run_config=tune.RunConfig(
        name="overhead", storage_path=os.path.abspath(folder), callbacks=[clock], verbose=0
    ),
).fit()
ended = sum(1 for result in results if result.error is None)
print(f"{ray.__version__} {ended} {clock.last - clock.first:.3f}")
