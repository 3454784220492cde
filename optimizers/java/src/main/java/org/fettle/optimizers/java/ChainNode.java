package org.fettle.optimizers.java;

import java.util.List;

/**
 * Layers one behind the other.
 *
 * @param learningFrom the first that wants gradients: it learns, or something below the chain does
 */
record ChainNode(List<Node> nodes, int learningFrom) implements Node {

  ChainNode {
    nodes = List.copyOf(nodes);
  }

  @Override
  public float[] forward(Batch batch, float[] inputs) {
    float[] values = inputs;
    for (Node node : nodes) {
      values = node.forward(batch, values);
    }
    return values;
  }

  @Override
  public float[] backward(Batch batch, float[] gradients) {
    float[] values = gradients;
    for (int i = nodes.size() - 1; i >= learningFrom; i--) {
      values = nodes.get(i).backward(batch, values);
    }
    return values;
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }
}
