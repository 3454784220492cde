package org.fettle.optimizers.java;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.fettle.optimizers.loop.Block;

/** A line for each channel and place in the window, in it the windows. */
final class LinePatches implements Patches {

  private final Parameters parameters;
  private final Block filters;
  private final Windows windows;
  private final int pixels;
  private final float[] lines;
  private final Native nativeLines = new Native();

  LinePatches(Parameters parameters, Block filters, Windows windows) {
    this.parameters = parameters;
    this.filters = filters;
    this.windows = windows;
    this.pixels = windows.output().pixels();
    this.lines = new float[Math.multiplyExact(windows.seen(), pixels)];
  }

  @Override
  public void begin() {}

  @Override
  public void see(float[] images, int from) {
    windows.spread(images, from, lines);
    nativeLines.put(lines, lines.length);
  }

  @Override
  public void multiply(FloatPointer sums) {
    Blas.multiply(
        filters.units(),
        pixels,
        windows.seen(),
        parameters.at(filters),
        nativeLines.at(0),
        0,
        sums);
  }

  @Override
  public void gradients(FloatPointer gradients, float kept) {
    Blas.multiplyByTransposed(
        filters.units(),
        windows.seen(),
        pixels,
        gradients,
        nativeLines.at(0),
        kept,
        parameters.gradient(filters));
  }

  @Override
  public void gradientsOfImage(FloatPointer gradients, float[] images, int from) {
    FloatPointer ofLines = nativeLines.at(0);
    Blas.multiplyTransposed(
        windows.seen(), pixels, filters.units(), parameters.at(filters), gradients, 0, ofLines);
    ofLines.get(lines, 0, lines.length);
    Arrays.fill(images, from, from + windows.input().size(), 0);
    windows.gather(lines, images, from);
  }

  @Override
  public void end() {
    parameters.fetch(filters);
  }

  @Override
  public void close() {
    nativeLines.close();
  }
}
