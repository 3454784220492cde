#!/usr/bin/env bash
# Before Kubernetes ends an executor's container: tells Spark that the node goes away, which gives its
# runs to others and starts no more here, and waits until the executor has ended.
#
# FETTLE_EXECUTOR_PID      the executor's process: the container's first, unless its pod shares one
#                          process namespace among containers
# FETTLE_DECOMMISSION_SECONDS  how long to wait, less than the pod's terminationGracePeriodSeconds
set -euo pipefail

executor=${FETTLE_EXECUTOR_PID:-1}
kill -s PWR "$executor"
for ((second = 0; second < ${FETTLE_DECOMMISSION_SECONDS:-110}; second++)); do
  kill -0 "$executor" 2>/dev/null || exit 0
  sleep 1
done
