package org.fettle.optimizers.java;

import org.fettle.optimizers.network.Activation;

/**
 * The activations and their derivatives. Each loop is a method of its own, since the JVM compiles a
 * method of many with less care.
 */
final class Functions {

  private static final float LEAK = 0.01f;
  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_LAMBDA = 1.050701f;
  private static final float GELU_FACTOR = 1.702f;

  private Functions() {}

  /** y = f(x) for the first numbers. */
  static void apply(Activation activation, float[] x, float[] y, int length) {
    switch (activation) {
      case IDENTITY -> System.arraycopy(x, 0, y, 0, length);
      case RELU -> relu(x, y, length);
      case TANH -> tanh(x, y, length);
      case SIGMOID -> sigmoid(x, y, length);
      case LEAKY_RELU -> leakyRelu(x, y, length);
      case ELU -> elu(x, y, length);
      case SELU -> selu(x, y, length);
      case GELU -> gelu(x, y, length);
      case SWISH -> swish(x, y, length);
      case SOFTPLUS -> softplus(x, y, length);
    }
  }

  /** Multiplies the gradients of y = f(x) by f'(x), which makes them those of x. */
  static void multiply(Activation activation, float[] x, float[] y, float[] gradients, int length) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> reluGradient(y, gradients, length);
      case TANH -> tanhGradient(y, gradients, length);
      case SIGMOID -> sigmoidGradient(y, gradients, length);
      case LEAKY_RELU -> leakyReluGradient(x, gradients, length);
      case ELU -> eluGradient(x, y, gradients, length);
      case SELU -> seluGradient(x, y, gradients, length);
      case GELU -> geluGradient(x, y, gradients, length);
      case SWISH -> swishGradient(x, y, gradients, length);
      case SOFTPLUS -> softplusGradient(x, gradients, length);
    }
  }

  private static void relu(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Math.max(0f, x[i]);
    }
  }

  private static void tanh(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Tanh.tanh(x[i]);
    }
  }

  private static void sigmoid(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Tanh.sigmoid(x[i]);
    }
  }

  private static void leakyRelu(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Math.max(LEAK * x[i], x[i]);
    }
  }

  private static void elu(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = x[i] > 0 ? x[i] : Exponential.exp(x[i]) - 1;
    }
  }

  private static void selu(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = SELU_LAMBDA * (x[i] > 0 ? x[i] : SELU_ALPHA * (Exponential.exp(x[i]) - 1));
    }
  }

  private static void gelu(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = x[i] * Exponential.sigmoid(GELU_FACTOR * x[i]);
    }
  }

  private static void swish(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = x[i] * Exponential.sigmoid(x[i]);
    }
  }

  private static void softplus(float[] x, float[] y, int length) {
    for (int i = 0; i < length; i++) {
      y[i] = Math.max(0, x[i]) + (float) Math.log1p(Exponential.exp(-Math.abs(x[i])));
    }
  }

  private static void reluGradient(float[] y, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      // 1 where y is above zero, else 0: a branch would be foretold wrongly half the time.
      gradients[i] *= Math.min(1, y[i] * Float.MAX_VALUE);
    }
  }

  private static void tanhGradient(float[] y, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= 1 - y[i] * y[i];
    }
  }

  private static void sigmoidGradient(float[] y, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= y[i] * (1 - y[i]);
    }
  }

  private static void leakyReluGradient(float[] x, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= x[i] > 0 ? 1 : LEAK;
    }
  }

  private static void eluGradient(float[] x, float[] y, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= x[i] > 0 ? 1 : y[i] + 1;
    }
  }

  private static void seluGradient(float[] x, float[] y, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= x[i] > 0 ? SELU_LAMBDA : y[i] + SELU_LAMBDA * SELU_ALPHA;
    }
  }

  private static void geluGradient(float[] x, float[] y, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      float s = Exponential.sigmoid(GELU_FACTOR * x[i]);
      gradients[i] *= s + GELU_FACTOR * y[i] * (1 - s);
    }
  }

  private static void swishGradient(float[] x, float[] y, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      float s = Exponential.sigmoid(x[i]);
      gradients[i] *= s + y[i] * (1 - s);
    }
  }

  private static void softplusGradient(float[] x, float[] gradients, int length) {
    for (int i = 0; i < length; i++) {
      gradients[i] *= Exponential.sigmoid(x[i]);
    }
  }
}
