"""Made digits-keras.h5, with Keras 3.15.1 on PyTorch."""

import os
os.environ["KERAS_BACKEND"]="torch"
import keras
from keras import layers
keras.utils.set_random_seed(1)
m=keras.Sequential([keras.Input((8,8,1)),layers.Conv2D(16,3,padding="same",activation="relu",name="first"),layers.Conv2D(16,3,padding="same",activation="relu",name="second"),layers.MaxPooling2D(2,name="pool"),layers.Flatten(name="flat"),layers.Dropout(0.2,name="drop"),layers.Dense(32,activation="relu",name="hidden"),layers.Dense(10,activation="softmax",name="classes")])
m.save("digits-keras.h5")
