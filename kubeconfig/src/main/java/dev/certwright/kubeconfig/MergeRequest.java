package dev.certwright.kubeconfig;

import java.nio.file.Path;

/**
 * What is to be merged into what.
 *
 * @param file the kubeconfig whose entries are wanted
 * @param into the user's configuration they are put into
 * @param replace whether an entry of the same name and other content gives way
 * @param use whether the file's current context becomes current
 */
public record MergeRequest(Path file, KubeconfigFiles into, boolean replace, boolean use) {}
