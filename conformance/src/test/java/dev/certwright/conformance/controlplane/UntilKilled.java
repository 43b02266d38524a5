package dev.certwright.conformance.controlplane;

import dev.certwright.conformance.program.Program;

/** A process that runs a control plane and a program, tells where, and waits for its end. */
final class UntilKilled {
  private UntilKilled() {}

  public static void main(String[] args) throws InterruptedException {
    SharedControlPlane controlPlane = SharedControlPlane.start();
    System.out.println(controlPlane.apiServer().url());
    System.out.println(controlPlane.folder());
    System.out.println(Program.of(controlPlane.folder(), "sleep", "3600").start().pid());
    Thread.currentThread().join();
  }
}
