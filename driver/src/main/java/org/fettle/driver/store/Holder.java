package org.fettle.driver.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The driver that runs a study, as its lease names it.
 *
 * @param machine what tells apart machines and process spaces of one host name; empty if unknown
 * @param started when its process began, as the system has it; empty if unknown
 * @param application Spark's id of the application; empty without Spark
 * @param attempt which attempt of the application, where the cluster manager counts; otherwise 0
 * @param since when it began with the study
 * @param token unique to this claim
 */
public record Holder(
    String user,
    String host,
    String machine,
    long pid,
    String started,
    String application,
    int attempt,
    Instant since,
    String token) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public Holder {
    requireNonNull(user, "user is null");
    requireNonNull(host, "host is null");
    requireNonNull(machine, "machine is null");
    requireNonNull(started, "started is null");
    requireNonNull(application, "application is null");
    requireNonNull(since, "since is null");
    requireNonNull(token, "token is null");
  }

  /** This process. */
  public static Holder here(String user, String application, int attempt, Instant since) {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(
        user,
        hostName(),
        machineName(),
        self.pid(),
        startOf(self),
        application,
        attempt,
        since,
        UUID.randomUUID().toString());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A name that no server knows is in the message: "pod-7: Name or service not known".
      return String.valueOf(e.getMessage()).split(":", 2)[0];
    }
  }

  /** Containers may share a host's name, but then not its process numbers. */
  private static String machineName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) {
      return "";
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  /** Whether it is certain, as seen from another driver, that this one has ended. */
  boolean isGone(Holder other) {
    boolean laterAttempt =
        !application.isEmpty() && application.equals(other.application) && attempt < other.attempt;
    boolean here = host.equals(other.host) && !machine.isEmpty() && machine.equals(other.machine);
    return laterAttempt || (here && !runsHere());
  }

  private boolean runsHere() {
    return ProcessHandle.of(pid)
        .filter(process -> started.isEmpty() || started.equals(startOf(process)))
        .filter(process -> !isUnreaped(pid))
        .isPresent();
  }

  /** A process that was killed is listed until its parent asks for its status. */
  private static boolean isUnreaped(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** Who, for whom, and since when, in words. */
  public String words() {
    String spark =
        application.isEmpty()
            ? ""
            : ", application " + application + (attempt == 0 ? "" : " (attempt " + attempt + ")");
    return "%s on %s, process %d%s, since %s".formatted(user, host, pid, spark, since);
  }

  /** Without the token, for the journal. */
  public Map<String, Object> described() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("user", user);
    map.put("host", host);
    map.put("pid", pid);
    map.put("application", application);
    map.put("attempt", attempt);
    return map;
  }

  byte[] json() {
    Map<String, Object> map = new LinkedHashMap<>(described());
    map.put("machine", machine);
    map.put("started", started);
    map.put("since", since.toString());
    map.put("token", token);
    try {
      return (JSON.writeValueAsString(map) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads what may be half a file: what is missing is unknown. */
  static Holder read(byte[] text) {
    JsonNode json = JSON.createObjectNode();
    try {
      json = JSON.readTree(text);
    } catch (IOException e) {
      // Its driver died when it wrote it.
    }
    String since = json.path("since").asText();
    return new Holder(
        json.path("user").asText("someone"),
        json.path("host").asText("an unknown host"),
        json.path("machine").asText(),
        json.path("pid").asLong(),
        json.path("started").asText(),
        json.path("application").asText(),
        json.path("attempt").asInt(),
        since.isEmpty() ? Instant.EPOCH : Instant.parse(since),
        json.path("token").asText());
  }
}
