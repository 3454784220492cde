package org.fettle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A key of this machine with a certificate that it signed itself, as {@code keytool} makes them.
 *
 * @param file of PKCS12
 */
record KeyStoreFile(Path file, String password) {

  static KeyStoreFile create(Path file, String password) throws IOException, InterruptedException {
    Path secret = Files.createTempFile(file.getParent(), "key", ".password");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(secret, password);
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass:file",
                secret.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    Files.delete(secret);
    return new KeyStoreFile(file, password);
  }
}
