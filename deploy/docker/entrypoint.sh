#!/usr/bin/env bash
# What a container of Fettle's image does. Spark on Kubernetes says "driver …" or "executor" and puts
# the rest into the environment; anything else is a command of fettle: "run job.yaml".
set -euo pipefail

home=${FETTLE_HOME:-/opt/fettle}
export SPARK_HOME=${SPARK_HOME:-$home/spark}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# A cluster may run the image as any user; Hadoop wants to know its name.
if ! id -un >/dev/null 2>&1; then
  export HADOOP_USER_NAME=${HADOOP_USER_NAME:-fettle}
fi

java_options() {
  local name
  compgen -A variable SPARK_JAVA_OPT_ | sort -t _ -k 4 -n | while IFS= read -r name; do
    printf '%s\n' "${!name}"
  done
}

case ${1:-} in
  driver)
    shift
    exec "$SPARK_HOME/bin/spark-submit" \
      --conf "spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS" \
      --conf "spark.executorEnv.SPARK_DRIVER_POD_IP=$SPARK_DRIVER_BIND_ADDRESS" \
      --deploy-mode client "$@"
    ;;
  executor)
    mapfile -t options < <(java_options)
    classes="${SPARK_CONF_DIR:+$SPARK_CONF_DIR:}${HADOOP_CONF_DIR:+$HADOOP_CONF_DIR:}$SPARK_HOME/jars/*"
    exec "$java" ${options[@]+"${options[@]}"} \
      "-Xms$SPARK_EXECUTOR_MEMORY" "-Xmx$SPARK_EXECUTOR_MEMORY" \
      -cp "$classes${SPARK_EXTRA_CLASSPATH:+:$SPARK_EXTRA_CLASSPATH}" \
      org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \
      --driver-url "$SPARK_DRIVER_URL" --executor-id "$SPARK_EXECUTOR_ID" \
      --cores "$SPARK_EXECUTOR_CORES" --app-id "$SPARK_APPLICATION_ID" \
      --hostname "$SPARK_EXECUTOR_POD_IP" --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" \
      --podName "$SPARK_EXECUTOR_POD_NAME"
    ;;
  *)
    exec "$home/bin/fettle" "$@"
    ;;
esac
