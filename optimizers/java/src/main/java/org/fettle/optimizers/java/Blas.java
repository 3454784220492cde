package org.fettle.optimizers.java;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Products of matrices that lie row by row without gaps. They call OpenBLAS itself: by way of an
 * operation of ND4J a small product takes six times as long.
 */
final class Blas {

  private Blas() {}

  /**
   * Lets each product use so many threads. There is one number for the whole process: jobs that
   * train at once ask for the same, or the last one's holds.
   */
  static synchronized void useThreads(int threads) {
    if (openblas.blas_get_num_threads() != threads) {
      openblas.blas_set_num_threads(threads);
    }
  }

  /** c[m×n] = kept·c + a[m×k]·b[k×n]. */
  static void multiply(
      int m, int n, int k, FloatPointer a, FloatPointer b, float kept, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, kept, c, n);
  }

  /** c[m×n] = kept·c + a[m×k]·b[n×k]ᵀ. */
  static void multiplyByTransposed(
      int m, int n, int k, FloatPointer a, FloatPointer b, float kept, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a, k, b, k, kept, c, n);
  }

  /** c[m×n] = kept·c + a[k×m]ᵀ·b[k×n]. */
  static void multiplyTransposed(
      int m, int n, int k, FloatPointer a, FloatPointer b, float kept, FloatPointer c) {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, a, m, b, n, kept, c, n);
  }

  /** c[m×n] = scale·a[m×k]·b[k×n], for parts of matrices whose rows begin so many numbers apart. */
  static void multiply(
      int ofA,
      int ofB,
      int m,
      int n,
      int k,
      float scale,
      FloatPointer a,
      int rowsOfA,
      FloatPointer b,
      int rowsOfB,
      FloatPointer c,
      int rowsOfC) {
    cblas_sgemm(CblasRowMajor, ofA, ofB, m, n, k, scale, a, rowsOfA, b, rowsOfB, 0, c, rowsOfC);
  }
}
