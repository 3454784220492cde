package org.fettle.optimizers.onnx;

import java.util.Optional;

/**
 * How features were scaled, in full precision.
 *
 * @param imputed what stands in for a missing value of each feature
 * @param target mean and deviation of a regression's target
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record OnnxScaling(
    double[] imputed, double[] means, double[] deviations, Optional<double[]> target) {}
