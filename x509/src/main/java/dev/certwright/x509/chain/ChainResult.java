package dev.certwright.x509.chain;

/** What became of a chain. */
public sealed interface ChainResult permits VerifiedChains, Refusal {}
