/** Many boards in one job: a table of ids in, a table of results and labels out, restartable. Looks at {@code flash} and {@code link}. */
package dev.ft900.ca.batch;
