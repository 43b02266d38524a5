package dev.certwright.cli.revocation;

import dev.certwright.revocation.outlet.ApiServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where setup puts what it prepares, and whose it is.
 *
 * @param folder of the authorization file
 * @param outlets the outlets file
 * @param ledger name of the ledger; empty if it has no entries yet
 * @param apiServer which is prepared, and how it is asked; null if not known
 */
public record SetupPlace(Path folder, Path outlets, String ledger, @Nullable ApiServer apiServer) {}
