package org.fettle.optimizers.dl4j;

import static org.fettle.optimizers.dl4j.Exponential.exp;
import static org.fettle.optimizers.dl4j.Exponential.sigmoid;
import static org.fettle.optimizers.dl4j.Exponential.tanh;

import org.fettle.optimizers.network.Activation;

/** The activations and their derivatives, in loops that the JVM compiles to vector instructions. */
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
      case RELU -> {
        for (int i = 0; i < length; i++) {
          y[i] = Math.max(0f, x[i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < length; i++) {
          y[i] = tanh(x[i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < length; i++) {
          y[i] = sigmoid(x[i]);
        }
      }
      case LEAKY_RELU -> {
        for (int i = 0; i < length; i++) {
          y[i] = Math.max(LEAK * x[i], x[i]);
        }
      }
      case ELU -> {
        for (int i = 0; i < length; i++) {
          y[i] = x[i] > 0 ? x[i] : exp(x[i]) - 1;
        }
      }
      case SELU -> {
        for (int i = 0; i < length; i++) {
          y[i] = SELU_LAMBDA * (x[i] > 0 ? x[i] : SELU_ALPHA * (exp(x[i]) - 1));
        }
      }
      case GELU -> {
        for (int i = 0; i < length; i++) {
          y[i] = x[i] * sigmoid(GELU_FACTOR * x[i]);
        }
      }
      case SWISH -> {
        for (int i = 0; i < length; i++) {
          y[i] = x[i] * sigmoid(x[i]);
        }
      }
      case SOFTPLUS -> {
        for (int i = 0; i < length; i++) {
          y[i] = Math.max(0, x[i]) + (float) Math.log1p(exp(-Math.abs(x[i])));
        }
      }
    }
  }

  /** Multiplies the gradients of y = f(x) by f'(x), which makes them those of x. */
  static void multiply(Activation activation, float[] x, float[] y, float[] gradients, int length) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> {
        for (int i = 0; i < length; i++) {
          gradients[i] = x[i] > 0 ? gradients[i] : 0;
        }
      }
      case TANH -> {
        for (int i = 0; i < length; i++) {
          gradients[i] *= 1 - y[i] * y[i];
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < length; i++) {
          gradients[i] *= y[i] * (1 - y[i]);
        }
      }
      case LEAKY_RELU -> {
        for (int i = 0; i < length; i++) {
          gradients[i] *= x[i] > 0 ? 1 : LEAK;
        }
      }
      case ELU -> {
        for (int i = 0; i < length; i++) {
          gradients[i] *= x[i] > 0 ? 1 : y[i] + 1;
        }
      }
      case SELU -> {
        for (int i = 0; i < length; i++) {
          gradients[i] *= x[i] > 0 ? SELU_LAMBDA : y[i] + SELU_LAMBDA * SELU_ALPHA;
        }
      }
      case GELU -> {
        for (int i = 0; i < length; i++) {
          float s = sigmoid(GELU_FACTOR * x[i]);
          gradients[i] *= s + GELU_FACTOR * y[i] * (1 - s);
        }
      }
      case SWISH -> {
        for (int i = 0; i < length; i++) {
          float s = sigmoid(x[i]);
          gradients[i] *= s + y[i] * (1 - s);
        }
      }
      case SOFTPLUS -> {
        for (int i = 0; i < length; i++) {
          gradients[i] *= sigmoid(x[i]);
        }
      }
    }
  }
}
