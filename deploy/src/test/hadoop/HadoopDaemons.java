import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.shaded.org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A name node and two data nodes, and with {@code yarn} a resource manager and two node managers,
 * of Hadoop's own, in this JVM; with {@code kerberos} these under Kerberos, with a KDC. Run from
 * its source, on a class path of its own: what daemons need is no part of the tests' class path.
 *
 * <p>Arguments: a folder, and {@code hdfs}, {@code yarn} or {@code kerberos}. When all is up it has
 * written the client's configuration to {@code <folder>/conf}, and prints READY. It ends when its
 * standard input does. In a folder that it ran in before, the file system is as it was, on the same
 * port.
 */
public final class HadoopDaemons {
  private static final String REALM = "FETTLE.TEST";
  private static final String[] SITES = {"core-site.xml", "hdfs-site.xml", "yarn-site.xml"};

  private HadoopDaemons() {}

  public static void main(String[] args) {
    try {
      run(args);
      System.exit(0);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toAbsolutePath();
    boolean yarn = !args[1].equals("hdfs");
    // The file system's own settings, without the mini cluster's.
    Properties client = new Properties();
    if (args[1].equals("kerberos")) {
      kerberos(folder, client);
    }
    MiniDFSCluster hdfs = hdfs(folder, client);
    MiniYARNCluster resources = yarn ? yarn(folder, client) : null;
    write(client, folder.resolve("conf"), SITES);
    System.out.println("READY");
    System.out.flush();
    while (System.in.read() >= 0) {}
    if (resources != null) {
      resources.stop();
    }
    hdfs.shutdown();
  }

  private static void write(Properties settings, Path folder, String... names)
      throws IOException {
    Configuration written = new Configuration(false);
    settings.forEach((key, value) -> written.set((String) key, (String) value));
    Files.createDirectories(folder);
    for (String name : names) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        written.writeXml(out);
      }
    }
  }

  /**
   * Starts a KDC that knows the daemons and one user, {@code analyst}. The daemons are told of it
   * in {@code <folder>/daemons}, which is on the class path.
   */
  private static void kerberos(Path folder, Properties client) throws Exception {
    Path own = Files.createDirectories(folder.resolve("kerberos"));
    SimpleKdcServer kdc = new SimpleKdcServer();
    kdc.setWorkDir(own.toFile());
    kdc.setKdcHost("localhost");
    kdc.setKdcRealm(REALM);
    kdc.setAllowUdp(false);
    kdc.setKdcTcpPort(freePort());
    kdc.init();
    kdc.start();
    String keytab = own.resolve("daemons.keytab").toString();
    kdc.createAndExportPrincipals(new File(keytab), "hadoop/localhost", "HTTP/localhost");
    kdc.createAndExportPrincipals(own.resolve("analyst.keytab").toFile(), "analyst");

    String daemon = "hadoop/localhost@" + REALM;
    client.setProperty("hadoop.security.authentication", "kerberos");
    client.setProperty("hadoop.rpc.protection", "privacy");
    client.setProperty("dfs.namenode.kerberos.principal", daemon);
    client.setProperty("dfs.datanode.kerberos.principal", daemon);
    // Data nodes whose ports are open to everyone need this, and pages under TLS alone. To encrypt
    // blocks as well would take minutes without the JVM's optimizing compiler.
    client.setProperty("dfs.data.transfer.protection", "authentication");
    client.setProperty("dfs.http.policy", "HTTPS_ONLY");
    client.setProperty("yarn.resourcemanager.principal", daemon);
    client.setProperty("yarn.nodemanager.principal", daemon);
    Properties security = new Properties();
    security.putAll(client);
    for (String key :
        new String[] {
          "dfs.namenode.keytab.file",
          "dfs.datanode.keytab.file",
          "dfs.web.authentication.kerberos.keytab",
          "yarn.resourcemanager.keytab",
          "yarn.nodemanager.keytab"
        }) {
      security.setProperty(key, keytab);
    }
    security.setProperty("dfs.web.authentication.kerberos.principal", "HTTP/localhost@" + REALM);
    security.setProperty("dfs.block.access.token.enable", "true");
    security.setProperty("dfs.datanode.https.address", "localhost:0");
    security.setProperty("dfs.namenode.https-address", "localhost:0");
    // Tokens that a study outlives, as a long one outlives those of a day.
    security.setProperty("dfs.namenode.delegation.token.renew-interval", "20000");
    security.setProperty("hadoop.user.group.static.mapping.overrides", "analyst=users;hadoop=root");
    write(security, folder.resolve("daemons"), SITES);
    UserGroupInformation.setConfiguration(new Configuration());
    UserGroupInformation.loginUserFromKeytab(daemon, keytab);
  }

  private static MiniDFSCluster hdfs(Path folder, Properties client) throws IOException {
    Path state = folder.resolve("hdfs");
    Path remembered = folder.resolve("name-node-port");
    boolean again = Files.exists(remembered);
    int port = again ? Integer.parseInt(Files.readString(remembered)) : freePort();
    Configuration conf = new HdfsConfiguration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, state.toString());
    conf.set("dfs.replication", "2");
    conf.set("dfs.permissions.superusergroup", "root");
    // A restarted name node takes writes as soon as it has heard of the blocks.
    conf.set("dfs.namenode.safemode.extension", "0");
    MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(conf)
            .nameNodePort(port)
            .numDataNodes(2)
            .checkDataNodeHostConfig(UserGroupInformation.isSecurityEnabled())
            .format(!again)
            .build();
    hdfs.waitActive();
    Files.writeString(remembered, Integer.toString(port));
    if (UserGroupInformation.isSecurityEnabled()) {
      for (String name : new String[] {"/studies", "/user/analyst"}) {
        hdfs.getFileSystem().mkdirs(new org.apache.hadoop.fs.Path(name));
        hdfs.getFileSystem().setOwner(new org.apache.hadoop.fs.Path(name), "analyst", "users");
      }
    }
    client.setProperty("fs.defaultFS", hdfs.getFileSystem().getUri().toString());
    client.setProperty("dfs.replication", "2");
    // The socket's own pipelines: with two data nodes there is no third to take a lost one's place.
    client.setProperty("dfs.client.block.write.replace-datanode-on-failure.enable", "false");
    return hdfs;
  }

  private static MiniYARNCluster yarn(Path folder, Properties client) throws Exception {
    YarnConfiguration conf = new YarnConfiguration();
    conf.set("fs.defaultFS", client.getProperty("fs.defaultFS"));
    conf.set("yarn.scheduler.capacity.root.queues", "default,tuning");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "20");
    conf.set("yarn.scheduler.capacity.root.tuning.capacity", "80");
    conf.set("yarn.scheduler.capacity.root.default.maximum-capacity", "100");
    conf.set("yarn.scheduler.capacity.root.tuning.maximum-capacity", "100");
    conf.set("yarn.scheduler.capacity.root.default.user-limit-factor", "10");
    conf.set("yarn.scheduler.capacity.root.tuning.user-limit-factor", "10");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    // A label that both nodes carry and only one queue may ask for.
    conf.setBoolean("yarn.node-labels.enabled", true);
    conf.set("yarn.node-labels.fs-store.root-dir", folder.resolve("labels").toUri().toString());
    conf.set("yarn.scheduler.capacity.root.accessible-node-labels", "fast");
    conf.set("yarn.scheduler.capacity.root.accessible-node-labels.fast.capacity", "100");
    conf.set("yarn.scheduler.capacity.root.tuning.accessible-node-labels", "fast");
    conf.set("yarn.scheduler.capacity.root.tuning.accessible-node-labels.fast.capacity", "100");
    conf.set("yarn.scheduler.capacity.root.default.accessible-node-labels", "");
    // GPUs that are not there: the scheduler counts them all the same.
    Properties types = new Properties();
    types.setProperty("yarn.resource-types", "yarn.io/gpu");
    write(types, folder.resolve("daemons"), "resource-types.xml");
    write(types, folder.resolve("conf"), "resource-types.xml");
    conf.set("yarn.nodemanager.resource-type.yarn.io/gpu", "4");
    conf.set(
        "yarn.scheduler.capacity.resource-calculator",
        "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator");
    conf.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    conf.setInt("yarn.nodemanager.resource.memory-mb", 4096);
    conf.setInt("yarn.nodemanager.resource.cpu-vcores", 8);
    conf.setInt("yarn.resourcemanager.am.max-attempts", 3);
    conf.setInt("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", 100);
    conf.setBoolean("yarn.nodemanager.disk-health-checker.enable", false);
    conf.setFloat(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 100);
    conf.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    conf.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    // What containers wrote stays, for a person who looks for why a test failed.
    conf.setInt("yarn.nodemanager.delete.debug-delay-sec", 600);
    conf.setInt("yarn.nodemanager.sleep-delay-before-sigkill.ms", 500);
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    MiniYARNCluster yarn = new MiniYARNCluster("yarn", 1, 2, 1, 1);
    yarn.init(conf);
    yarn.start();
    Files.writeString(folder.resolve("fast-node"), Integer.toString(label(yarn)));
    for (Map.Entry<String, String> entry : yarn.getConfig()) {
      if (entry.getKey().startsWith("yarn.resourcemanager.")
          && entry.getKey().endsWith("address")) {
        client.setProperty(entry.getKey(), entry.getValue());
      }
    }
    client.setProperty("yarn.resourcemanager.am.max-attempts", "3");
    return yarn;
  }

  /** Labels one node, and returns its port. */
  private static int label(MiniYARNCluster yarn) throws Exception {
    if (!yarn.waitForNodeManagersToConnect(60_000)) {
      throw new IOException("Node managers did not connect");
    }
    var labels = yarn.getResourceManager().getRMContext().getNodeLabelManager();
    labels.addToCluserNodeLabelsWithDefaultExclusivity(java.util.Set.of("fast"));
    var nodes = yarn.getResourceManager().getRMContext().getRMNodes().keySet();
    var one = nodes.stream().sorted().findFirst().orElseThrow();
    labels.replaceLabelsOnNode(Map.of(one, java.util.Set.of("fast")));
    return one.getPort();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
