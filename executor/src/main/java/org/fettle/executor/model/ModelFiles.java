package org.fettle.executor.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.fettle.optimizers.engine.ModelReader;
import org.fettle.search.settings.Providers;

/**
 * The bytes of a model, to be sent where it predicts. No record, since Spark's own Kryo cannot
 * write one.
 */
public final class ModelFiles implements Serializable {

  private static final long serialVersionUID = 1;

  private static final String MODEL = "model";

  private final byte[] schema;
  private final LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();

  /** Reads a file of a folder. */
  private interface Folder {
    byte[] read(String name) throws IOException;
  }

  private ModelFiles(byte[] schema) {
    this.schema = schema;
  }

  /** Reads those of a local folder: a study's, or the {@code model} in it. */
  public static ModelFiles local(Path given) throws IOException {
    Path inside = given.resolve(MODEL);
    Path folder = Files.exists(inside.resolve(Schema.FILE)) ? inside : given;
    try {
      return of(name -> Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw absent(given, e);
    } catch (IOException e) {
      throw new IOException("Cannot read the model in " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads those of a folder on any Hadoop file system: a study's, the {@code model} in it, or the
   * folder of a {@code result.json}.
   */
  public static ModelFiles anywhere(String uri, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path given =
        new org.apache.hadoop.fs.Path(uri.replaceFirst("(?<=/)result\\.json$", "."));
    FileSystem system = given.getFileSystem(hadoop);
    var inside = new org.apache.hadoop.fs.Path(given, MODEL);
    var folder = system.exists(new org.apache.hadoop.fs.Path(inside, Schema.FILE)) ? inside : given;
    try {
      return of(
          name -> {
            try (InputStream in = system.open(new org.apache.hadoop.fs.Path(folder, name))) {
              return in.readAllBytes();
            }
          });
    } catch (FileNotFoundException e) {
      throw absent(uri, e);
    } catch (IOException e) {
      throw new IOException("Cannot read the model in " + folder + ": " + e.getMessage(), e);
    }
  }

  private static IOException absent(Object uri, IOException cause) {
    return new IOException("Cannot find a model in " + uri + ": " + cause.getMessage(), cause);
  }

  private static ModelFiles of(Folder folder) throws IOException {
    ModelFiles model = new ModelFiles(folder.read(Schema.FILE));
    for (String name : model.reader().files()) {
      model.files.put(name, folder.read(name));
    }
    return model;
  }

  Schema schema() throws IOException {
    return Schema.read(schema);
  }

  Map<String, byte[]> files() {
    return files;
  }

  /** The reader of the engine that trained the model. */
  ModelReader reader() throws IOException {
    try {
      return Providers.named(ModelReader.class, schema().engine());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + "; put the engine's jar on the class path", e);
    }
  }
}
