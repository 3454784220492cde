package org.fettle.optimizers.java;

import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Shape;

/** Where the windows of a layer lie over an image. */
record Windows(Shape.Image input, Shape.Image output, int kernel, int stride, int top, int left) {

  static Windows of(
      Shape.Image input, Shape.Image output, int kernel, int stride, Padding padding) {
    return new Windows(
        input,
        output,
        kernel,
        stride,
        padding.before(input.height(), kernel, stride),
        padding.before(input.width(), kernel, stride));
  }

  /** Numbers that a filter sees. */
  int seen() {
    return input.channels() * kernel * kernel;
  }

  /** The first output whose window has its number {@code k} inside a length. */
  int first(int k, int before) {
    return Math.max(0, (before - k + stride - 1) / stride);
  }

  /** The first output behind those, of {@code outputs}. */
  int end(int k, int before, int length, int outputs) {
    int last = length - 1 + before - k;
    return last < 0 ? 0 : Math.min(outputs, last / stride + 1);
  }

  /**
   * Lays out what the windows of one row see: for each channel and place in the window a line with
   * the numbers there of all windows, zeros beyond the edge.
   */
  void spread(float[] image, int from, float[] lines) {
    int at = 0;
    for (int c = 0; c < input.channels(); c++) {
      int channel = from + c * input.pixels();
      for (int ky = 0; ky < kernel; ky++) {
        for (int kx = 0; kx < kernel; kx++, at += output.pixels()) {
          line(image, channel, ky, kx, lines, at);
        }
      }
    }
  }

  private void line(float[] image, int channel, int ky, int kx, float[] lines, int at) {
    int width = output.width();
    int begin = first(kx, left);
    int end = Math.max(begin, end(kx, left, input.width(), width));
    int endOfRows = end(ky, top, input.height(), output.height());
    int beginOfRows = Math.min(first(ky, top), endOfRows);
    java.util.Arrays.fill(lines, at, at + beginOfRows * width, 0);
    java.util.Arrays.fill(lines, at + endOfRows * width, at + output.pixels(), 0);
    for (int y = beginOfRows; y < endOfRows; y++) {
      int to = at + y * width;
      int source = channel + (y * stride + ky - top) * input.width() + kx - left;
      for (int x = 0; x < Math.min(begin, width); x++) {
        lines[to + x] = 0;
      }
      if (stride == 1) {
        for (int x = begin; x < end; x++) {
          lines[to + x] = image[source + x];
        }
      } else {
        for (int x = begin; x < end; x++) {
          lines[to + x] = image[source + x * stride];
        }
      }
      for (int x = end; x < width; x++) {
        lines[to + x] = 0;
      }
    }
  }

  /** Adds each number of the lines to the pixel that it was taken from. */
  void gather(float[] lines, float[] image, int from) {
    int at = 0;
    int width = output.width();
    for (int c = 0; c < input.channels(); c++) {
      int channel = from + c * input.pixels();
      for (int ky = 0; ky < kernel; ky++) {
        for (int kx = 0; kx < kernel; kx++, at += output.pixels()) {
          int begin = first(kx, left);
          int end = end(kx, left, input.width(), width);
          int endOfRows = end(ky, top, input.height(), output.height());
          for (int y = first(ky, top); y < endOfRows; y++) {
            int source = at + y * width;
            int to = channel + (y * stride + ky - top) * input.width() + kx - left;
            if (stride == 1) {
              for (int x = begin; x < end; x++) {
                image[to + x] += lines[source + x];
              }
            } else {
              for (int x = begin; x < end; x++) {
                image[to + x * stride] += lines[source + x];
              }
            }
          }
        }
      }
    }
  }
}
