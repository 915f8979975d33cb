package hgn.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * An indexed Job for Kubernetes. The image and the volume that all tasks share are the reader's to
 * name.
 */
public final class KubernetesJob {
  private KubernetesJob() {}

  /**
   * The manifest's text.
   *
   * @param image the container's image, which has the program at the paths of the command
   * @param claim the persistent volume claim that is mounted at the working folder
   */
  public static String of(ClusterJob job, String image, String claim) {
    List<String> lines = new ArrayList<>();
    lines.add("apiVersion: batch/v1");
    lines.add("kind: Job");
    lines.add("metadata:");
    lines.add("  name: " + job.plainName());
    lines.add("spec:");
    lines.add("  completionMode: Indexed");
    lines.add("  completions: " + job.tasks());
    lines.add("  parallelism: " + job.tasks());
    lines.add("  backoffLimitPerIndex: 5");
    lines.add("  template:");
    lines.add("    spec:");
    lines.add("      restartPolicy: Never");
    lines.add("      terminationGracePeriodSeconds: 60");
    lines.add("      containers:");
    lines.add("        - name: train");
    lines.add("          image: " + quoted(image));
    lines.add("          workingDir: " + quoted(job.folder().toString()));
    lines.add("          command:");
    lines.add("            - /bin/sh");
    lines.add("            - -c");
    lines.add(
        "            - " + quoted("exec " + job.command() + " $((JOB_COMPLETION_INDEX + 1))"));
    lines.add("          resources:");
    for (String bound : List.of("requests", "limits")) {
      lines.add("            " + bound + ":");
      lines.add("              cpu: \"" + job.cores() + "\"");
      lines.add("              memory: " + job.mebibytes() + "Mi");
      if (job.gpu()) {
        lines.add("              nvidia.com/gpu: \"1\"");
      }
    }
    lines.add("          volumeMounts:");
    lines.add("            - name: shared");
    lines.add("              mountPath: " + quoted(job.folder().toString()));
    lines.add("      volumes:");
    lines.add("        - name: shared");
    lines.add("          persistentVolumeClaim:");
    lines.add("            claimName: " + quoted(claim));
    return ClusterJob.lines(lines);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
