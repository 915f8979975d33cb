package hgn.tensor;

import java.util.Optional;

/**
 * The devices of several processes that send numbers to one another without their hosts. An
 * exchange is queued like all other work of the device.
 */
public interface DevicePeers extends AutoCloseable {
  /** What connects devices, such as NVIDIA's NCCL. */
  interface Library {
    /** Name and version; those that exchange numbers must have the same. */
    String describe();

    /**
     * An identity for a new group of devices. One process asks for it and sends it to the others.
     *
     * @throws DeviceException if the library fails
     */
    byte[] newGroup();

    /**
     * Joins a group, and waits until {@code size} processes have.
     *
     * @throws DeviceException if the library fails
     */
    DevicePeers join(byte[] group, int rank, int size);
  }

  /**
   * Queues an exchange with another process, which queues the opposite one.
   *
   * @param mine what is sent; empty if nothing
   * @param theirs what is overwritten by what arrives; empty if nothing
   * @throws DeviceException if the library fails
   */
  void exchange(int partner, Optional<Tensor> mine, Optional<Tensor> theirs);

  /**
   * Waits until all queued work is done.
   *
   * @throws DeviceException if an exchange has failed
   */
  void await();

  /** Leaves the group, which all do at the same time unless an exchange has failed. */
  @Override
  void close();
}
