package org.fettle.optimizers.torch;

import java.util.Locale;

/** What products are computed in. Parameters, and what steps them, have 32 bits always. */
enum Precision {
  /** 32 bits. */
  FLOAT32,
  /** On GPUs products of 32 bits whose factors are rounded to 10 bits after the point. */
  TF32,
  /** Products, and what lies between layers, in 16 bits with the range of 32. */
  BF16;

  /** As a job file names it. */
  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Precision named(String setting) {
    return valueOf(setting.toUpperCase(Locale.ROOT));
  }
}
