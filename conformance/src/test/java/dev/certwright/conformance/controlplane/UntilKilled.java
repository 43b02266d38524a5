package dev.certwright.conformance.controlplane;

/** A process that runs a control plane, tells where, and waits for its end: it is killed. */
final class UntilKilled {
  private UntilKilled() {}

  public static void main(String[] args) throws InterruptedException {
    ControlPlane controlPlane = ControlPlane.start();
    System.out.println(controlPlane.apiServer().url());
    System.out.println(controlPlane.folder());
    Thread.currentThread().join();
  }
}
