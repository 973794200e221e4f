package dev.ft900.ca.backup;

import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What cannot be made again: the database, the authority's certificates and keys, and the passphrase if the state folder has it. Of a
 * database that several gateways share, where it is: PostgreSQL has backups of its own, and a second gateway's state folder is made of
 * such a backup. The servers' own certificates, virtual boards and ports are not in it. Made beside running processes; the database in it is of one moment.
 */
public final class Backup {
    private static final String DATABASE = "ft900.db";
    private static final String SHARED_DATABASE = "database.json";
    private static final String PASSPHRASE = "passphrase";
    private static final Pattern NAMES =
            Pattern.compile("ft900\\.db|database\\.json|passphrase|ca/(rsa-2048/)?[a-z0-9-]+\\.(cert|key)\\.pem");

    /** The longest content of a backup, in bytes: a million certificates or so. */
    private static final long MAX_BYTES = 1L << 30;

    private Backup() {}

    /**
     * A backup that was made.
     *
     * @param content what is in it
     * @param leftOut files beside the authority's that are none of it, such as a revocation list that somebody wrote there
     */
    public record Made(List<String> content, List<String> leftOut) {
        public Made {
            content = List.copyOf(content);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Makes a backup, of what {@link #restore} takes and nothing else.
     *
     * @param passphrase with which the file is encrypted
     */
    public static Made write(StateFolder state, StateDatabase database, Path file, Passphrase passphrase)
            throws IOException {
        var names = new ArrayList<String>();
        var leftOut = new ArrayList<String>();
        var content = new ByteArrayOutputStream();
        var snapshot = Files.createTempDirectory(state.path(), "backup");
        try (var zip = new ZipOutputStream(content)) {
            // Files first: a certificate that comes into being meanwhile may be in the database alone, and not the
            // reverse.
            for (var path : authorityFiles(state)) {
                var name = state.path().relativize(path).toString().replace('\\', '/');
                if (NAMES.matcher(name).matches()) {
                    add(zip, names, name, Files.readAllBytes(path));
                } else {
                    leftOut.add(name);
                }
            }
            if (Files.exists(state.passphrase())) {
                add(zip, names, PASSPHRASE, Files.readAllBytes(state.passphrase()));
            }
            if (database.isShared()) {
                add(zip, names, SHARED_DATABASE, Files.readAllBytes(state.sharedDatabase()));
            } else {
                var copy = snapshot.resolve(DATABASE);
                database.copyTo(copy);
                add(zip, names, DATABASE, Files.readAllBytes(copy));
            }
        } finally {
            delete(snapshot);
        }
        StateFolder.writeSecret(file, SealedFile.seal(content.toByteArray(), passphrase));
        return new Made(names, leftOut);
    }

    private static List<Path> authorityFiles(StateFolder state) throws IOException {
        try (var files = Files.walk(state.authority())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void add(ZipOutputStream zip, List<String> names, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
        names.add(name);
    }

    /**
     * Puts a backup back. The state folder comes into being as a whole or not at all.
     *
     * @param state must not hold a state yet
     * @return what was in it
     * @throws IOException the file does not open, or there is a state already
     */
    public static List<String> restore(Path file, StateFolder state, Passphrase passphrase) throws IOException {
        requireNone(state);
        var content = open(file, passphrase);
        var target = state.path().toAbsolutePath();
        StateFolder.createDirectory(target.getParent());
        var fresh = Files.createTempDirectory(target.getParent(), target.getFileName() + ".restore");
        try {
            var names = unpack(content, fresh);
            if (!names.contains(DATABASE) && !names.contains(SHARED_DATABASE)
                    || !names.contains("ca/root.cert.pem") && !names.contains("ca/rsa-2048/root.cert.pem")) {
                throw new IOException("expected a database and an authority in the backup; it holds " + names);
            }
            try (var database = StateDatabase.open(new StateFolder(fresh))) {
                database.requireSound();
            }
            Files.deleteIfExists(target);
            Files.move(fresh, target);
            return names;
        } finally {
            delete(fresh);
        }
    }

    private static void requireNone(StateFolder state) throws IOException {
        if (Files.isDirectory(state.path())) {
            try (var files = Files.list(state.path())) {
                if (files.findAny().isPresent()) {
                    throw new IOException("expected an empty or missing folder " + state.path()
                            + ", so that nothing is overwritten; it holds files. Give another one with --state.");
                }
            }
        }
    }

    private static byte[] open(Path file, Passphrase passphrase) throws IOException {
        try {
            return SealedFile.open(Files.readAllBytes(file), passphrase);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<String> unpack(byte[] content, Path folder) throws IOException {
        var names = new ArrayList<String>();
        long total = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!NAMES.matcher(entry.getName()).matches()) {
                    throw new IOException(
                            "expected nothing but an authority in the backup; it holds " + entry.getName());
                }
                var bytes = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, MAX_BYTES - total + 1));
                total += bytes.length;
                if (total > MAX_BYTES) {
                    throw new IOException("expected at most " + MAX_BYTES + " bytes in the backup; there are more");
                }
                var file = folder.resolve(entry.getName());
                if (entry.getName().endsWith(".cert.pem")) {
                    StateFolder.write(file, bytes);
                } else {
                    StateFolder.writeSecret(file, bytes);
                }
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
