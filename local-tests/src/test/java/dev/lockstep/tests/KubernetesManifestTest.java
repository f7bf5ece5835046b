package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the manifest to Kubernetes' schema; no engine runs here that could apply it. */
class KubernetesManifestTest {
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "Namespace", Namespace.class,
          "ServiceAccount", ServiceAccount.class,
          "Role", Role.class,
          "RoleBinding", RoleBinding.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class);

  @Test
  void every_field_of_the_manifest_is_in_the_schema() throws IOException {
    List<String> kinds = new ArrayList<>();
    for (JsonNode document : documents()) {
      String kind = document.get("kind").asText();
      assertThat(strict().treeToValue(document, KINDS.get(kind))).isNotNull();
      kinds.add(kind);
    }

    assertThat(kinds)
        .containsExactly(
            "Namespace", "ServiceAccount", "Role", "RoleBinding", "PersistentVolumeClaim");
  }

  private static List<JsonNode> documents() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    return yaml.readerFor(JsonNode.class)
        .<JsonNode>readValues(Path.of("..", "cluster", "kubernetes.yaml").toFile())
        .readAll();
  }

  /** The models keep what they do not know, unless they are told not to. */
  private static YAMLMapper strict() {
    YAMLMapper yaml = new YAMLMapper();
    yaml.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    yaml.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          @Override
          public Boolean hasAnySetter(Annotated member) {
            return false;
          }
        });
    return yaml;
  }
}
