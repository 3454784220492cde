package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * What a machine without containers has of Kubernetes: an API server that keeps objects, and a node
 * that starts each pod's command as a process, with the pod's environment, its config maps as
 * files, and this distribution in place of the image's {@code /opt/fettle}. All pods have one
 * address, and services resolve to it. Pods may do what the role of their service account allows.
 */
final class KubernetesStandIn implements AutoCloseable {
  private static final String NAMESPACE = "default";
  private static final String ADDRESS = "127.0.0.1";
  private static final int GRACE_SECONDS = 10;

  private final Path folder;
  private final KubernetesRights rights = new KubernetesRights();
  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private final Watch watch;
  private final Map<String, Process> processes = new ConcurrentHashMap<>();
  private final Map<String, Runnable> failed = new ConcurrentHashMap<>();

  private KubernetesStandIn(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new PendingPods(rights), false);
    server.init();
    client = server.createClient();
    watch = client.pods().inAnyNamespace().watch(new Node());
  }

  static KubernetesStandIn start(Path folder) throws IOException {
    return new KubernetesStandIn(folder);
  }

  /** "k8s://http://127.0.0.1:12345". */
  String master() {
    return "k8s://" + url();
  }

  String url() {
    return "http://" + ADDRESS + ":" + server.getPort();
  }

  KubernetesClient client() {
    return client;
  }

  /** Pods of Spark's executors that run. */
  List<Pod> executors() {
    return client.pods().inAnyNamespace().withLabel("spark-role", "executor").list().getItems();
  }

  KubernetesRights rights() {
    return rights;
  }

  /** Creates objects; each Job has its pod, and another when that fails, as its limit allows. */
  void install(List<JsonNode> objects) {
    List<HasMetadata> all =
        objects.stream()
            .map(object -> Serialization.unmarshal(object.toString(), KubernetesResource.class))
            .map(HasMetadata.class::cast)
            .toList();
    rights.grant(all);
    for (HasMetadata typed : all) {
      if (typed.getMetadata().getNamespace() == null) {
        typed.getMetadata().setNamespace(NAMESPACE);
      }
      client.resource(typed).create();
      if (typed instanceof Job job) {
        attempt(job, 0);
      }
    }
  }

  private void attempt(Job job, int number) {
    Pod pod =
        new PodBuilder()
            .withMetadata(job.getSpec().getTemplate().getMetadata())
            .editMetadata()
            .withName(job.getMetadata().getName() + "-" + number)
            .withNamespace(job.getMetadata().getNamespace())
            .endMetadata()
            .withSpec(job.getSpec().getTemplate().getSpec())
            .build();
    client.resource(pod).create();
    if (number < job.getSpec().getBackoffLimit()) {
      failed.put(pod.getMetadata().getName(), () -> attempt(job, number + 1));
    }
  }

  /** The number of a pod's process. */
  long pid(String pod) {
    return processes.get(pod).pid();
  }

  Pod pod(String name) {
    return client.pods().inNamespace(NAMESPACE).withName(name).get();
  }

  /** What a pod's process wrote. */
  String log(String pod) throws IOException {
    return Files.readString(folder.resolve(pod).resolve("log"));
  }

  /**
   * What a node does with a pod that has to go: the command before its end, then the signals, and
   * then the pod is no more.
   */
  void evict(Pod pod) throws IOException, InterruptedException {
    String name = pod.getMetadata().getName();
    Process process = processes.get(name);
    List<String> words =
        pod.getSpec().getContainers().get(0).getLifecycle().getPreStop().getExec().getCommand();
    ProcessBuilder before = builder(pod, folder.resolve(name), words);
    // In a container the first process has the number 1.
    before.environment().put("FETTLE_EXECUTOR_PID", Long.toString(process.pid()));
    before.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".pre-stop").toFile()));
    int status = before.start().waitFor();
    if (status != 0) {
      throw new IOException("Command before the end of " + name + " had status " + status);
    }
    end(process);
    client.resource(pod).delete();
  }

  /** A pod without a status does not exist in Kubernetes, and Spark's watcher breaks on one. */
  private static final class PendingPods extends KubernetesCrudDispatcher {
    private final KubernetesRights rights;

    PendingPods(KubernetesRights rights) {
      this.rights = rights;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return rights.refusal(request).orElseGet(() -> super.dispatch(request));
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
      if (request.getPath().matches(".*/pods(\\?.*)?")) {
        Pod pod = Serialization.unmarshal(request.getBody().readUtf8(), Pod.class);
        pod.setStatus(new PodStatusBuilder().withPhase("Pending").build());
        request.getBody().writeUtf8(Serialization.asJson(pod));
      }
      return super.handleCreate(request);
    }

    /** A server-side apply creates what is not there, which the mock refuses. */
    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      String path = request.getPath().replaceFirst("\\?.*", "");
      if (!request.getPath().contains("fieldManager") || findResource(getKey(path)) != null) {
        return super.handlePatch(request);
      }
      String collection = path.substring(0, path.lastIndexOf('/'));
      return handleCreate(
          new RecordedRequest(
              "POST " + collection + " HTTP/1.1",
              request.getHeaders(),
              List.of(),
              request.getBodySize(),
              request.getBody(),
              request.getSequenceNumber(),
              new Socket()));
    }
  }

  private final class Node implements Watcher<Pod> {
    @Override
    public void eventReceived(Action action, Pod pod) {
      String name = pod.getMetadata().getName();
      if (action == Action.ADDED) {
        start(pod);
      } else if (action == Action.DELETED) {
        Optional.ofNullable(processes.remove(name)).ifPresent(KubernetesStandIn::end);
      }
    }

    @Override
    public void onClose(WatcherException cause) {}
  }

  private void start(Pod pod) {
    String name = pod.getMetadata().getName();
    try {
      Path own = Files.createDirectories(folder.resolve(name));
      Process process = command(pod, own).start();
      processes.put(name, process);
      update(pod, status("Running", Optional.empty()));
      var unused =
          process
              .onExit()
              .thenAccept(
                  ended -> {
                    if (processes.remove(name, ended)) {
                      int code = ended.exitValue();
                      update(pod, status(code == 0 ? "Succeeded" : "Failed", Optional.of(code)));
                      if (code != 0 && failed.containsKey(name)) {
                        failed.get(name).run();
                      }
                    }
                  });
    } catch (IOException e) {
      throw new IllegalStateException("Cannot start pod " + name, e);
    }
  }

  private static PodStatus status(String phase, Optional<Integer> code) {
    ContainerStatusBuilder container =
        new ContainerStatusBuilder().withName("spark").withReady(code.isEmpty());
    if (code.isPresent()) {
      container
          .withNewState()
          .withNewTerminated()
          .withExitCode(code.get())
          .withReason(code.get() == 0 ? "Completed" : "Error")
          .endTerminated()
          .endState();
    } else {
      container.withNewState().withNewRunning().endRunning().endState();
    }
    return new PodStatusBuilder()
        .withPhase(phase)
        .withPodIP(ADDRESS)
        .addNewCondition()
        .withType("Ready")
        .withStatus(code.isEmpty() ? "True" : "False")
        .endCondition()
        .withContainerStatuses(container.build())
        .build();
  }

  private void update(Pod pod, PodStatus status) {
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .edit(now -> now == null ? null : new PodBuilder(now).withStatus(status).build());
  }

  private ProcessBuilder command(Pod pod, Path own) throws IOException {
    List<String> words = new ArrayList<>(List.of("/opt/fettle/docker/entrypoint.sh"));
    words.addAll(pod.getSpec().getContainers().get(0).getArgs());
    return builder(pod, own, words);
  }

  private ProcessBuilder builder(Pod pod, Path own, List<String> command) throws IOException {
    Container container = pod.getSpec().getContainers().get(0);
    Map<String, String> paths = paths(pod, container, own);
    List<String> words =
        command.stream()
            .map(word -> word.replace("$(POD_NAME)", pod.getMetadata().getName()))
            .map(word -> onThisMachine(word, paths))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(own.toFile()).redirectErrorStream(true);
    builder.redirectOutput(own.resolve("log").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("SPARK_") || key.startsWith("FETTLE_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("FETTLE_HOME", Installation.HOME.toString());
    if (!Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())
        && pod.getSpec().getServiceAccountName() != null) {
      environment.put("KUBERNETES_AUTH_TOKEN", pod.getSpec().getServiceAccountName());
    }
    for (EnvVar variable : container.getEnv()) {
      environment.put(variable.getName(), onThisMachine(value(variable, pod), paths));
    }
    return builder;
  }

  private static String value(EnvVar variable, Pod pod) {
    if (variable.getValueFrom() == null || variable.getValueFrom().getFieldRef() == null) {
      return Optional.ofNullable(variable.getValue()).orElse("");
    }
    String path = variable.getValueFrom().getFieldRef().getFieldPath();
    return path.equals("metadata.name") ? pod.getMetadata().getName() : ADDRESS;
  }

  /** Where this machine has what the container would have. */
  private Map<String, String> paths(Pod pod, Container container, Path own) throws IOException {
    Map<String, String> paths = new LinkedHashMap<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      if (mount.getMountPath().equals("/tmp")) {
        continue; // The tests' own files are there.
      }
      Path path = own.resolve("root" + mount.getMountPath());
      Files.createDirectories(path);
      paths.put(mount.getMountPath(), path.toString());
    }
    paths.put("/opt/fettle", Installation.HOME.toString());
    for (VolumeMount mount : container.getVolumeMounts()) {
      for (Volume volume : pod.getSpec().getVolumes()) {
        if (volume.getName().equals(mount.getName())
            && volume.getConfigMap() != null
            && paths.containsKey(mount.getMountPath())) {
          write(pod, volume, Path.of(paths.get(mount.getMountPath())), paths);
        }
      }
    }
    return paths;
  }

  private void write(Pod pod, Volume volume, Path to, Map<String, String> paths)
      throws IOException {
    ConfigMap map =
        client
            .configMaps()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(volume.getConfigMap().getName())
            .waitUntilCondition(each -> each != null, GRACE_SECONDS, TimeUnit.SECONDS);
    for (Map.Entry<String, String> file : map.getData().entrySet()) {
      Files.write(to.resolve(file.getKey()), onThisMachine(file.getValue(), paths).getBytes(UTF_8));
    }
  }

  private String onThisMachine(String text, Map<String, String> paths) {
    String here =
        text.replace("https://kubernetes.default.svc", url())
            .replaceAll("[a-z0-9-]+\\." + NAMESPACE + "\\.svc", ADDRESS);
    Matcher matcher =
        Pattern.compile(
                "(^|[=,\\s'\"]|(?<!/):|local\\\\?://)(%s)(?=/|$|[:,\\s'\"])"
                    .formatted(String.join("|", paths.keySet())))
            .matcher(here);
    here =
        matcher.replaceAll(
            found -> Matcher.quoteReplacement(found.group(1) + paths.get(found.group(2))));
    return here;
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.close();
    processes.values().forEach(Process::destroyForcibly);
    client.close();
    server.destroy();
  }
}
