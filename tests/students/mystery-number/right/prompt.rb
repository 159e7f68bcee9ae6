require 'socket'

N = 100
K = 7

port = ARGV[0]
abort "usage: #{$0} port" unless port =~ /\A\d+\z/ && port.to_i < 65_536
serveur = TCPServer.new(port.to_i)
loop do
  client = serveur.accept
  begin
    mystere = rand(1..N)
    client.print "Devine un nombre entre 1 et #{N} en au plus #{K}\nVotre nombre ? "
    essais = 0
    while essais < K && (ligne = client.gets("\n", 65_538))
      break if ligne.bytesize > 65_537 && !ligne.end_with?("\n")

      nombre = Integer(ligne.force_encoding('BINARY').strip, 10, exception: false)
      if nombre.nil?
        client.print "Ce n'est pas un nombre\nVotre nombre ? "
        next
      end
      essais += 1
      if nombre == mystere
        client.print "Gagné !\n"
        break
      elsif essais == K
        client.print "Perdu, il fallait trouver #{mystere}\n"
      else
        client.print nombre < mystere ? "C'est plus grand\n" : "C'est plus petit\n", 'Votre nombre ? '
      end
    end
  rescue SystemCallError => e
    warn e.message
  ensure
    client.close
  end
end
