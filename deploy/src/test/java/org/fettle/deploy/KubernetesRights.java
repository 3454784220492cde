package org.fettle.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;

/**
 * What service accounts may do, by the roles that are bound to them: what goes beyond is refused.
 * An account's token is its name; who has none may do all.
 */
final class KubernetesRights {
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/([^/]+))/[^/]+/namespaces/[^/]+/([^/?]+)(?:/([^/?]+))?[^?]*(?:\\?(.*))?");
  private static final String BEARER = "Bearer ";

  private final Map<String, List<PolicyRule>> rules = new ConcurrentHashMap<>();
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  /** Takes the roles and bindings among some objects. */
  void grant(List<HasMetadata> objects) {
    for (HasMetadata object : objects) {
      if (object instanceof RoleBinding binding) {
        Role role =
            objects.stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .filter(each -> each.getMetadata().getName().equals(binding.getRoleRef().getName()))
                .findFirst()
                .orElseThrow();
        binding
            .getSubjects()
            .forEach(
                subject ->
                    rules
                        .computeIfAbsent(subject.getName(), name -> new ArrayList<>())
                        .addAll(role.getRules()));
      }
    }
  }

  /** What accounts asked for: "study delete pods". */
  Set<String> asked() {
    return asked;
  }

  /** The answer to a request that is not allowed. */
  Optional<MockResponse> refusal(RecordedRequest request) {
    String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    Matcher path = PATH.matcher(request.getPath());
    if (!header.startsWith(BEARER) || !path.matches()) {
      return Optional.empty();
    }
    String account = header.substring(BEARER.length());
    String group = Optional.ofNullable(path.group(1)).orElse("");
    String resource = path.group(2);
    String verb = verb(request.getMethod(), path.group(3) != null, path.group(4));
    asked.add(account + " " + verb + " " + resource);
    for (PolicyRule rule : rules.getOrDefault(account, List.of())) {
      if (rule.getApiGroups().contains(group)
          && rule.getResources().contains(resource)
          && rule.getVerbs().contains(verb)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new MockResponse()
            .setResponseCode(403)
            .setHeader("Content-Type", "application/json")
            .setBody(
                Serialization.asJson(
                    new StatusBuilder()
                        .withStatus("Failure")
                        .withReason("Forbidden")
                        .withCode(403)
                        .withMessage(
                            "%s is forbidden: ServiceAccount %s cannot %s it"
                                .formatted(resource, account, verb))
                        .build())));
  }

  private static String verb(String method, boolean one, String query) {
    return switch (method) {
      case "GET" -> query != null && query.contains("watch=true") ? "watch" : one ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default -> method;
    };
  }
}
