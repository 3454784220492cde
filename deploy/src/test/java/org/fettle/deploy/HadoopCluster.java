package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * HDFS, or HDFS and YARN, of Hadoop's own daemons in a JVM of its own that can be killed: a name
 * node, two data nodes, a resource manager, two node managers, one of them labelled {@code fast};
 * queues {@code default} and {@code tuning}.
 */
final class HadoopCluster implements AutoCloseable {
  private static final Path JARS = Path.of(requireNonNull(System.getProperty("hadoop.jars")));
  private static final Path PROGRAM = Path.of("src/test/hadoop/HadoopDaemons.java");

  private final Path folder;
  private final Process process;

  private HadoopCluster(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** HDFS alone. In a folder that it ran in before, what it held is there, at the same URI. */
  static HadoopCluster hdfs(Path folder) throws IOException {
    return start(folder, "hdfs");
  }

  /** HDFS and YARN. */
  static HadoopCluster hdfsAndYarn(Path folder) throws IOException {
    return start(folder, "yarn");
  }

  /**
   * HDFS and YARN under Kerberos: calls encrypted, pages under TLS. Its KDC knows {@code
   * analyst@FETTLE.TEST}, whose are the folders {@code /studies} and {@code /user/analyst}; a token
   * for HDFS must be renewed within 20 seconds.
   */
  static HadoopCluster kerberos(Path folder) throws IOException, InterruptedException {
    KeyStoreFile keys =
        KeyStoreFile.create(Files.createDirectories(folder).resolve("daemons.p12"), "of-daemons");
    Files.writeString(
        Files.createDirectories(folder.resolve("daemons")).resolve("ssl-server.xml"),
        """
        <configuration>
          <property><name>ssl.server.keystore.location</name><value>%s</value></property>
          <property><name>ssl.server.keystore.type</name><value>pkcs12</value></property>
          <property><name>ssl.server.keystore.password</name><value>%2$s</value></property>
          <property><name>ssl.server.keystore.keypassword</name><value>%2$s</value></property>
        </configuration>
        """
            .formatted(keys.file(), keys.password()));
    return start(folder, "kerberos");
  }

  private static HadoopCluster start(Path folder, String daemons) throws IOException {
    // The daemons' own configuration, on their class path.
    Files.createDirectories(folder.resolve("daemons"));
    Path log = folder.resolve("log4j.properties");
    Files.writeString(
        log,
        """
        log4j.rootLogger=WARN,file
        log4j.appender.file=org.apache.log4j.FileAppender
        log4j.appender.file.file=%s/daemons.log
        log4j.appender.file.layout=org.apache.log4j.PatternLayout
        log4j.appender.file.layout.ConversionPattern=%%d %%p %%c{2}: %%m%%n
        """
            .formatted(folder));
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j.configuration=" + log.toUri(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            JARS + "/*:" + folder.resolve("daemons"),
            PROGRAM.toAbsolutePath().toString(),
            folder.toString(),
            daemons);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectError(folder.resolve("daemons.err").toFile()).start();
    BufferedReader output = process.inputReader(UTF_8);
    Installation.await(output, "READY");
    return new HadoopCluster(folder, process);
  }

  /** The folder of the client's configuration, for {@code HADOOP_CONF_DIR}. */
  Path conf() {
    return folder.resolve("conf");
  }

  /** Of Kerberos: {@code krb5.conf}, and the keytab of {@code analyst}. */
  Path kerberosFile(String name) {
    return folder.resolve("kerberos").resolve(name);
  }

  /** What all daemons and containers wrote lies below. */
  Path folder() {
    return folder;
  }

  Configuration configuration() {
    Configuration hadoop = new Configuration(false);
    for (String name : new String[] {"core-default.xml", "hdfs-default.xml"}) {
      hadoop.addResource(name);
    }
    hadoop.addResource(new org.apache.hadoop.fs.Path(conf().resolve("core-site.xml").toUri()));
    return hadoop;
  }

  /** "hdfs://localhost:12345". */
  String uri() {
    return requireNonNull(configuration().get("fs.defaultFS"));
  }

  FileSystem files() throws IOException {
    return FileSystem.newInstance(configuration());
  }

  /** Ends the daemons as a power cut does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends the daemons, and with them the containers of node managers. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (process.isAlive()) {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }
}
