package dev.ft900.hil.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the toolkit, as Maven wrote it into the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"ft900 " + (version == null ? "(unpackaged)" : version)};
    }
}
