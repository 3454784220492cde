"""Tunes by lines of JSON on standard input and output. Argument: the sampler."""

import json
import sys
import time
import warnings

import optuna
from optuna.samplers import GPSampler, NSGAIISampler, RandomSampler, TPESampler

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "tpe": lambda seed, ways: TPESampler(seed=seed, constant_liar=ways > 1),
    "gp": lambda seed, ways: GPSampler(seed=seed),
    "random": lambda seed, ways: RandomSampler(seed=seed),
    "nsgaii": lambda seed, ways: NSGAIISampler(seed=seed),
}


def value(trial, each):
    if each["kind"] == "choice":
        return trial.suggest_categorical(each["name"], each["choices"])
    if each["kind"] == "int":
        return trial.suggest_int(each["name"], each["low"], each["high"], log=each["log"])
    step = each["step"] or None
    return trial.suggest_float(each["name"], each["low"], each["high"], log=each["log"], step=step)


def ask(study, space):
    began = time.perf_counter()
    trial = study.ask()
    values = {}
    for each in space:
        if all(values.get(c["parent"]) in c["values"] for c in each["when"]):
            values[each["name"]] = value(trial, each)
    return trial, {"millis": 1e3 * (time.perf_counter() - began), "values": values}


def say(answer):
    print(json.dumps(answer), flush=True)


say({"version": "Optuna " + optuna.__version__})
for line in sys.stdin:
    told = json.loads(line)
    if "space" in told:
        sampler = SAMPLERS[sys.argv[1]](told["seed"], told["ways"])
        study = optuna.create_study(sampler=sampler, directions=["minimize"] * told["goals"])
        space, trials = told["space"], []
    elif "ask" in told:
        trial, answer = ask(study, space)
        trials.append(trial)
        say(answer)
    else:
        study.tell(trials[told["tell"]], told["losses"])
