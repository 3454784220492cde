package org.fettle.optimizers.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A graph of ONNX operators under construction; numbers of fields are those of onnx.proto (onnx
 * 1.12, IR version 8, operator set 17).
 */
final class Graph {

  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int STRING = 8;
  static final int DOUBLE = 11;

  private static final int IR_VERSION = 8;
  private static final int OPERATORS = 17;

  private final Message nodes = new Message();
  private final Message constants = new Message();
  private final Message inputs = new Message();
  private final Message outputs = new Message();
  private int count;

  /** An attribute of a node. */
  record Attribute(Message message) {

    static Attribute of(String name, long value) {
      return new Attribute(new Message().text(1, name).integer(3, value).integer(20, 2));
    }

    static Attribute of(String name, float value) {
      return new Attribute(new Message().text(1, name).number(2, value).integer(20, 1));
    }

    static Attribute of(String name, long... values) {
      Message message = new Message().text(1, name);
      for (long value : values) {
        message.integer(8, value);
      }
      return new Attribute(message.integer(20, 7));
    }
  }

  /** Adds an operator, and returns the name of what it gives. */
  String node(String operator, List<String> of, Attribute... attributes) {
    count++;
    return node(
        operator, operator.toLowerCase(java.util.Locale.ROOT) + "-" + count, of, attributes);
  }

  /** Adds an operator that gives an output of the graph. */
  String node(String operator, String name, List<String> of, Attribute... attributes) {
    Message node = new Message();
    of.forEach(input -> node.text(1, input));
    node.text(2, name).text(3, "node-" + name).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute.message());
    }
    nodes.message(1, node);
    return name;
  }

  /** Adds constants, and returns their name. */
  String floats(String stem, float[] values, long... dimensions) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return constant(stem, FLOAT, new Message().bytes(9, raw), dimensions);
  }

  String doubles(String stem, double[] values) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Double.BYTES)];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
    return constant(stem, DOUBLE, new Message().bytes(9, raw), values.length);
  }

  String integers(String stem, long... values) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return constant(stem, INT64, new Message().bytes(9, raw), values.length);
  }

  String texts(String stem, List<String> values) {
    Message data = new Message();
    values.forEach(value -> data.text(6, value));
    return constant(stem, STRING, data, values.size());
  }

  private String constant(String stem, int type, Message data, long... dimensions) {
    count++;
    String name = stem + "-" + count;
    Message tensor = new Message();
    for (long dimension : dimensions) {
      tensor.integer(1, dimension);
    }
    constants.message(5, tensor.integer(2, type).text(8, name).fieldsOf(data));
    return name;
  }

  /** Declares an input of so many rows. */
  void input(String name, int type, int columns) {
    inputs.message(11, value(name, type, columns));
  }

  /** Declares an output of so many rows; 0 columns for a single number or text in each. */
  void output(String name, int type, int columns) {
    outputs.message(12, value(name, type, columns));
  }

  private static Message value(String name, int type, int columns) {
    Message shape = new Message().message(1, new Message().text(2, "rows"));
    if (columns > 0) {
      shape.message(1, new Message().integer(1, columns));
    }
    Message tensor = new Message().integer(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** The file. */
  byte[] model(String doc) {
    Message graph =
        new Message()
            .fieldsOf(nodes)
            .text(2, "fettle")
            .fieldsOf(constants)
            .fieldsOf(inputs)
            .fieldsOf(outputs);
    return new Message()
        .integer(1, IR_VERSION)
        .text(2, "fettle")
        .text(6, doc)
        .message(7, graph)
        .message(8, new Message().text(1, "").integer(2, OPERATORS))
        .toBytes();
  }
}
