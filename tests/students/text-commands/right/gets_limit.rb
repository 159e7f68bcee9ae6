require 'socket'

port = ARGV[0].to_s
unless port.match?(/\A\d{1,5}\z/) && port.to_i < 65_536
  warn "Usage: #{$PROGRAM_NAME} port"
  exit 1
end

def reponse(ligne)
  return 'erreur : pas en UTF-8' unless ligne.valid_encoding?

  commande, _, texte = ligne.partition(' ')
  case commande
  when 'UPPER' then "« #{texte.upcase} »"
  when 'LOWER' then "« #{texte.downcase} »"
  else ligne == 'DATENOW' ? "« #{Time.now} »" : '« commande inconnue »'
  end
end

serveur = TCPServer.new(port.to_i)
loop do
  Thread.start(serveur.accept) do |client|
    while (ligne = client.gets("\n", 65_538))
      break if ligne.bytesize >= 65_538 && !ligne.end_with?("\n")

      ligne = ligne.force_encoding('BINARY').delete_suffix("\n").delete_suffix("\r")
      client.write("#{reponse(ligne.force_encoding('UTF-8'))}\n")
    end
  rescue SystemCallError, IOError => e
    warn e.class
  ensure
    client.close
  end
end
