package org.fettle.executor.data;

import java.io.Serializable;

/** What is broadcast to the executors: the table and its folds. */
@SuppressWarnings("serial") // all parts are serialisable
public record StudyData(Table table, Folds folds) implements Serializable {}
