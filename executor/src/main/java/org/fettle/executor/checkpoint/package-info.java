/** What runs leave of themselves on the study's file system, and how they go on from it. */
@NullMarked
package org.fettle.executor.checkpoint;

import org.jspecify.annotations.NullMarked;
