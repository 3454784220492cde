"""Made the models beside it, and gru of the tests of the engine java, with Keras 3.15.1 on PyTorch:
KERAS_BACKEND=torch python make.py"""

import keras
import numpy
from keras import layers

keras.utils.set_random_seed(7)


def moved(model):
    """Weights as if trained, with biases and running means that are not 0."""
    random = numpy.random.RandomState(3)
    model.set_weights([w + random.uniform(0.01, 0.3, w.shape) for w in model.get_weights()])
    return model


def save(name, model):
    moved(model)
    rows = numpy.random.RandomState(1).uniform(-1, 1, (4,) + model.input_shape[1:]).astype("float32")
    model.save(name + ".h5")
    # Ours has images channel by channel.
    ours = rows.transpose(0, 3, 1, 2) if rows.ndim == 4 else rows
    predictions = model.predict(rows, verbose=0)
    numpy.savetxt(name + ".csv", numpy.hstack([ours.reshape(4, -1), predictions]), fmt="%.9g", delimiter=",")


save("mlp", keras.Sequential([
    keras.Input((4,)),
    layers.Dense(6, activation="relu", name="first"),
    layers.BatchNormalization(name="normal"),
    layers.Dropout(0.2, name="drop"),
    layers.Dense(5, activation="tanh", name="second"),
    layers.Dense(3, activation="softmax", name="classes")]))
save("cnn", keras.Sequential([
    keras.Input((4, 6, 2)),
    layers.Conv2D(3, 3, padding="same", activation="relu", name="filters"),
    layers.MaxPooling2D(2, name="pool"),
    layers.Flatten(name="flat"),
    layers.Dense(5, activation="elu", name="hidden"),
    layers.Dense(3, name="sums"),
    layers.Activation("softmax", name="probabilities")]))
save("lstm", keras.Sequential([
    keras.Input((5, 2)),
    layers.Bidirectional(layers.LSTM(3, return_sequences=True), name="both"),
    layers.SimpleRNN(4, name="simple"),
    layers.Dense(1, activation="sigmoid", name="chance")]))
save("gru", keras.Sequential([
    keras.Input((5, 2)),
    layers.Bidirectional(layers.GRU(3, return_sequences=True), name="both"),
    layers.GRU(4, name="gated"),
    layers.Dense(3, activation="softmax", name="classes")]))
rows = keras.Input((4,), name="rows")
before = layers.Dense(6, activation="tanh", name="before")(rows)
after = layers.Dense(6, activation="tanh", name="after")(before)
sums = layers.Add(name="both")([before, after])
save("sum", keras.Model(rows, layers.Dense(3, activation="softmax", name="classes")(sums)))
keras.Sequential([keras.Input((4,)), layers.Dense(4, name="first"), layers.Reshape((2, 2), name="turn"),
                  layers.Flatten(name="flat"), layers.Dense(3, name="classes")]).save("reshape.h5")
save("functions", keras.Sequential([
    keras.Input((4,)),
    layers.Dense(3, name="first"),
    layers.LeakyReLU(negative_slope=0.01, name="leaky"),
    layers.Dense(3, name="second"),
    layers.ELU(name="elu"),
    layers.Dense(3, name="third"),
    layers.ReLU(name="relu"),
    layers.Dense(3, activation="softmax", name="classes")]))
keras.Sequential([keras.Input((4,)), layers.GaussianNoise(0.1, name="noisy"),
                  layers.Dense(3, name="classes")]).save("noise.h5")
