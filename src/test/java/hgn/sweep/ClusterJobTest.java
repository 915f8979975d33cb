package hgn.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterJobTest {
  @TempDir Path folder;

  private ClusterJob job(String command, boolean gpu) {
    return new ClusterJob(
        "My rates!",
        folder,
        command + " --task",
        command,
        folder.resolve("logs"),
        12,
        4,
        (3L << 30) + 1,
        3700,
        gpu);
  }

  @Test
  void slurmIsToldWhatATaskTakes() {
    List<String> lines = SlurmScript.of(job("hgn4j sweep rates.yaml", true)).lines().toList();
    assertEquals("#!/bin/bash", lines.get(0));
    assertTrue(lines.contains("#SBATCH --job-name=hgn-my-rates"));
    assertTrue(lines.contains("#SBATCH --array=1-12"));
    assertTrue(lines.contains("#SBATCH --cpus-per-task=4"));
    assertTrue(lines.contains("#SBATCH --mem=3328M"), "rounded up to 256 MiB");
    assertTrue(lines.contains("#SBATCH --time=1:02:00"));
    assertTrue(lines.contains("#SBATCH --gres=gpu:1"));
    assertTrue(lines.contains("#SBATCH --requeue"));
    String plain = SlurmScript.of(job("hgn4j sweep rates.yaml", false));
    assertTrue(!plain.contains("gpu"), plain);
  }

  /** The script outlives its signals, hands them on, and asks for another turn if time ran out. */
  @Test
  void signalsReachTheTaskAndItsCodeReachesSlurm() throws Exception {
    Path saved = folder.resolve("saved");
    String task =
        "bash -c 'trap \"sleep 0.2; touch "
            + saved
            + "; exit 130\" TERM;"
            + " touch "
            + folder.resolve("ready")
            + "; while :; do sleep 0.05; done' ignored";
    Path requeued = folder.resolve("scontrol");
    Files.writeString(requeued, "#!/bin/sh\necho \"$@\" >" + folder.resolve("asked") + "\n");
    assertTrue(requeued.toFile().setExecutable(true));
    assertEquals(130, run(task, "TERM"));
    assertTrue(Files.exists(saved));
    assertTrue(Files.notExists(folder.resolve("asked")), "cancelled, so not queued again");
    Files.delete(saved);
    Files.delete(folder.resolve("ready"));
    assertEquals(130, run(task, "USR1"));
    assertTrue(Files.exists(saved));
    assertEquals("requeue 17\n", Files.readString(folder.resolve("asked")));
    assertEquals(3, run("bash -c 'touch " + folder.resolve("ready") + "; exit 3' ignored", null));
  }

  private int run(String task, String signal) throws IOException, InterruptedException {
    Path script = folder.resolve("job.sbatch");
    Files.writeString(script, SlurmScript.of(job(task, false)));
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).inheritIO();
    builder.environment().put("SLURM_ARRAY_TASK_ID", "5");
    builder.environment().put("SLURM_JOB_ID", "17");
    builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    Process process = builder.start();
    while (Files.notExists(folder.resolve("ready"))) {
      Thread.sleep(20);
    }
    if (signal != null) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return process.exitValue();
  }

  @Test
  void theManifestIsYamlWithAnIndex() throws IOException {
    JsonNode tree =
        new YAMLMapper()
            .readTree(KubernetesJob.of(job("hgn4j sweep 'it'\\''s'.yaml", true), "x:1", "disk"));
    assertEquals("Indexed", tree.at("/spec/completionMode").asText());
    assertEquals(12, tree.at("/spec/completions").asInt());
    JsonNode container = tree.at("/spec/template/spec/containers/0");
    assertEquals("x:1", container.path("image").asText());
    assertEquals(
        "exec hgn4j sweep 'it'\\''s'.yaml --task $((JOB_COMPLETION_INDEX + 1))",
        container.at("/command/2").asText());
    assertEquals("3328Mi", container.at("/resources/limits/memory").asText());
    assertEquals("1", container.at("/resources/limits/nvidia.com~1gpu").asText());
    assertEquals(
        "disk", tree.at("/spec/template/spec/volumes/0/persistentVolumeClaim/claimName").asText());
  }
}
