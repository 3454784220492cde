package org.fettle.optimizers.java;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;

/**
 * A line for each window, in it the places of the window, in each the channels: of images whose
 * pixels have their channels side by side, a row of a window lies together.
 */
final class PixelPatches implements Patches {

  private final Parameters parameters;
  private final Block filters;
  private final Windows windows;
  private final int pixels;
  private final int channels;
  private final float[] image;
  private final float[] ordered;
  private final float[] ofSeen;
  private final Native nativeSeen = new Native();
  private final Native nativeOfSeen = new Native();
  private final Native nativeFilters = new Native();
  private final Native nativeOfFilters = new Native();

  /** Zero for good where a window is beyond the edge. */
  private final FloatBuffer seen;

  PixelPatches(Parameters parameters, Block filters, Windows windows) {
    this.parameters = parameters;
    this.filters = filters;
    this.windows = windows;
    this.pixels = windows.output().pixels();
    this.channels = windows.input().channels();
    this.image = new float[windows.input().size()];
    this.ordered = new float[filters.length()];
    this.ofSeen = new float[Math.multiplyExact(windows.seen(), pixels)];
    this.seen = nativeSeen.put(ofSeen, ofSeen.length).asBuffer();
  }

  @Override
  public void begin() {
    int area = windows.kernel() * windows.kernel();
    float[] values = parameters.values();
    for (int filter = 0; filter < filters.units(); filter++) {
      int to = filter * windows.seen();
      turn(values, filters.offset() + to, ordered, to, channels, area);
    }
    nativeFilters.put(ordered, ordered.length);
  }

  /** Lines of so many become columns. */
  private static void turn(float[] from, int at, float[] to, int begin, int lines, int columns) {
    for (int column = 0; column < columns; column++) {
      for (int line = 0; line < lines; line++) {
        to[begin + column * lines + line] = from[at + line * columns + column];
      }
    }
  }

  @Override
  public void see(float[] images, int from) {
    turn(images, from, image, 0, channels, windows.input().pixels());
    eachRun((inWindows, inImage, length) -> seen.put(inWindows, image, inImage, length));
  }

  /** Numbers that lie together in what the windows see and in an image. */
  private interface Run {
    void at(int inWindows, int inImage, int length);
  }

  private void eachRun(Run run) {
    int kernel = windows.kernel();
    int width = windows.input().width();
    for (int pixel = 0; pixel < pixels; pixel++) {
      int y = pixel / windows.output().width() * windows.stride() - windows.top();
      int x = pixel % windows.output().width() * windows.stride() - windows.left();
      int first = Math.max(0, -x);
      int length = (Math.min(kernel, width - x) - first) * channels;
      int end = Math.min(kernel, windows.input().height() - y);
      for (int line = Math.max(0, -y); line < end; line++) {
        run.at(
            pixel * windows.seen() + (line * kernel + first) * channels,
            ((y + line) * width + x + first) * channels,
            length);
      }
    }
  }

  @Override
  public void multiply(FloatPointer sums) {
    Blas.multiplyByTransposed(
        filters.units(), pixels, windows.seen(), nativeFilters.at(0), nativeSeen.at(0), 0, sums);
  }

  @Override
  public void gradients(FloatPointer gradients, float kept) {
    FloatPointer ofFilters = nativeOfFilters.room(ordered.length);
    Blas.multiply(
        filters.units(), windows.seen(), pixels, gradients, nativeSeen.at(0), kept, ofFilters);
  }

  @Override
  public void gradientsOfImage(FloatPointer gradients, float[] images, int from) {
    FloatPointer products = nativeOfSeen.room(ofSeen.length);
    Blas.multiplyTransposed(
        pixels, windows.seen(), filters.units(), gradients, nativeFilters.at(0), 0, products);
    products.get(ofSeen, 0, ofSeen.length);
    Arrays.fill(image, 0);
    eachRun((inWindows, inImage, length) -> add(ofSeen, inWindows, image, inImage, length));
    turn(image, 0, images, from, windows.input().pixels(), channels);
  }

  private static void add(float[] from, int at, float[] to, int begin, int length) {
    for (int i = 0; i < length; i++) {
      to[begin + i] += from[at + i];
    }
  }

  @Override
  public void end() {
    nativeOfFilters.get(ordered, 0, ordered.length);
    int area = windows.kernel() * windows.kernel();
    float[] gradients = parameters.gradients();
    for (int filter = 0; filter < filters.units(); filter++) {
      int at = filter * windows.seen();
      turn(ordered, at, gradients, filters.offset() + at, area, channels);
    }
  }

  @Override
  public void close() {
    nativeSeen.close();
    nativeOfSeen.close();
    nativeFilters.close();
    nativeOfFilters.close();
  }
}
