package dev.weir.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Tasks from any thread for one event loop, in the order in which they were put. Putting never blocks and takes no lock: a linked
 * queue whose tail is exchanged. Only the loop takes. Once closed it refuses what is put, so that every task is either taken or
 * refused.
 */
final class Mailbox {
    private static final VarHandle TAIL;
    private static final VarHandle NEXT;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(Mailbox.class, "tail", Letter.class);
            NEXT = MethodHandles.lookup().findVarHandle(Letter.class, "next", Letter.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Letter {
        private Runnable task;
        private volatile Letter next;

        Letter(Runnable task) {
            this.task = task;
        }
    }

    /** Stands at the tail of a mailbox that is closed. */
    private static final Letter CLOSED = new Letter(null);

    private Letter head = new Letter(null);
    private volatile Letter tail = head;
    /** The last letter that was put before the mailbox was closed; null while it is open. The loop only. */
    private Letter last;

    /**
     * Adds a task. Any thread.
     *
     * @return false when the mailbox is closed, so that the task will not be taken
     */
    boolean put(Runnable task) {
        Letter letter = new Letter(task);
        Letter before;
        do {
            before = tail;
            if (before == CLOSED) {
                return false;
            }
        } while (!TAIL.compareAndSet(this, before, letter));
        NEXT.setRelease(before, letter);
        return true;
    }

    /** Refuses tasks from now on; those that are there can still be taken. The loop only, once. */
    void close() {
        last = (Letter) TAIL.getAndSet(this, CLOSED);
    }

    /** The next task, or null when there is none. The loop only. */
    Runnable take() {
        Letter first = head.next;
        if (first == null) {
            if (head == (last != null ? last : tail)) {
                return null;
            }
            first = awaitLink();
        }
        head = first;
        Runnable task = first.task;
        first.task = null;
        return task;
    }

    /** True when nothing waits. Any thread; exact on the loop. */
    boolean isEmpty() {
        return head == tail;
    }

    /** Another thread has taken its place and links its letter within a few instructions. */
    private Letter awaitLink() {
        Letter first = head.next;
        while (first == null) {
            Thread.onSpinWait();
            first = head.next;
        }
        return first;
    }
}
